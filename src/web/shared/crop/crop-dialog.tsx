import turnLeftIcon from 'lucide-static/icons/rotate-ccw.svg'
import turnRightIcon from 'lucide-static/icons/rotate-cw.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../../lang/crop'
import { t as common } from '../../../lang/shared'
import { Icon } from '../icon'

/** As large as the pictures of people stand on other sites, in CSS pixels. */
export const PREVIEWS = [96, 48, 24] as const

/** How far the fine turn goes, in degrees to each side. */
export const FINE = 45

export interface CropDialogView {
  altText: string
  /** Whether it is somebody's picture already. */
  isShown: boolean
}

/** Asks which square of a photo shows, then what is in it. Drawn by browser code when it is opened. */
export function CropDialog({ altText, isShown }: CropDialogView) {
  return (
    <dialog class="crop" data-crop-dialog aria-labelledby="crop-title">
      <div class="dialog-head">
        <h2 id="crop-title" tabindex={-1} data-title>
          {t().title}
        </h2>
        <button type="button" class="button plain square" aria-label={common().close} data-close>
          <Icon svg={xIcon} />
        </button>
      </div>
      <FrameStep />
      <WordsStep altText={altText} isShown={isShown} />
      <p class="visually-hidden" role="status" data-status />
    </dialog>
  )
}

function FrameStep() {
  return (
    <form class="crop-step" method="dialog" novalidate data-frame-step>
      <div class="crop-desk">
        <div
          class="crop-room"
          role="application"
          aria-roledescription={t().kind}
          aria-label={t().area}
          aria-describedby="crop-keys"
          tabindex={0}
          data-room
        >
          <img alt="" draggable={false} data-picture />
          <div class="crop-square" data-square />
        </div>
        <div class="crop-tools">
          <div class="crop-previews" role="img" aria-label={t().previews}>
            {PREVIEWS.map((size) => (
              <canvas
                class={`crop-preview of-${size}`}
                width={2 * size}
                height={2 * size}
                data-preview={size}
              />
            ))}
            <p class="hint small" aria-hidden="true">
              {t().previews}
            </p>
          </div>
          <div class="crop-turns">
            <TurnButton icon={turnLeftIcon} text={t().turnLeft} quarter={-1} />
            <TurnButton icon={turnRightIcon} text={t().turnRight} quarter={1} />
            <button type="button" class="button small" data-reset>
              {t().reset}
            </button>
          </div>
          <div class="crop-slider">
            <label for="crop-zoom">{t().zoom}</label>
            <input id="crop-zoom" type="range" min="0" max="100" step="1" value="0" data-zoom />
          </div>
          <div class="crop-slider">
            <label for="crop-turn">
              {t().turn} <output for="crop-turn" data-degrees />
            </label>
            <input
              id="crop-turn"
              dir="ltr"
              type="range"
              min={-FINE}
              max={FINE}
              step="0.5"
              value="0"
              data-turn
            />
          </div>
          <p class="hint small" id="crop-keys">
            {t().keys}
          </p>
        </div>
      </div>
      <div class="actions end sticky">
        <button type="button" class="button" data-whole>
          {t().whole}
        </button>
        <button type="submit" class="button primary">
          {t().goOn}
        </button>
      </div>
    </form>
  )
}

function TurnButton({ icon, text, quarter }: { icon: string; text: string; quarter: 1 | -1 }) {
  return (
    <button
      type="button"
      class="button small square"
      aria-label={text}
      title={text}
      data-quarter={String(quarter)}
    >
      <Icon svg={icon} />
    </button>
  )
}

function WordsStep({ altText, isShown }: CropDialogView) {
  return (
    <form class="crop-step" method="dialog" novalidate autocomplete="off" data-words-step hidden>
      <div class="crop-words">
        <canvas class="crop-preview of-96" width="192" height="192" data-result />
        <div class="field">
          <label for="crop-alt">{t().description}</label>
          <textarea
            id="crop-alt"
            name="altText"
            rows={3}
            dir="auto"
            maxlength={500}
            aria-describedby="crop-why"
            placeholder={t().example}
          >
            {altText}
          </textarea>
          <p class="hint small" id="crop-why">
            {t().why}
          </p>
        </div>
      </div>
      <div class="crop-progress" data-sending hidden>
        <progress max="100" value="0" aria-label={t().progress} data-progress />
        <p class="small hint" data-state />
      </div>
      <p class="message error" role="alert" data-error />
      <div class="actions spread">
        <button type="button" class="button plain" data-back>
          {t().back}
        </button>
        <span class="actions">
          <button type="submit" class="button" value="skip" data-skip>
            {t().skip}
          </button>
          <button type="submit" class="button primary" value="use" data-use>
            {isShown ? t().keep : t().use}
          </button>
        </span>
      </div>
    </form>
  )
}
