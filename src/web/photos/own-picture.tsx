import type { Child } from 'hono/jsx'
import refreshIcon from 'lucide-static/icons/refresh-cw.svg'
import type { AddressJson, MeJson } from '../../accounts/answers'
import { t } from '../../lang/photos'
import type { PhotoJson } from '../../photos/answers'
import { SIZES } from '../../renditions/sizes'
import { CopyButton } from '../shared/copy-button'
import { Icon } from '../shared/icon'
import { type Embed as Code, DENSITIES, embedCode, pictureUrl } from '../shared/urls'
import { describeState } from '../shared/words'
import { describeReach, isReached } from './reach'

const LADDER: readonly number[] = SIZES

/** In CSS pixels: those that are on the ladder at every density, so that no browser scales what it is given. */
const EMBED_SIZES = SIZES.filter((size) => DENSITIES.every((density) => LADDER.includes(size * density)))

const FIRST_SIZE = 120 satisfies (typeof SIZES)[number]

interface OwnPictureView {
  user: MeJson
  addresses: AddressJson[]
  active: PhotoJson | null
  origin: string
}

/** The picture as those see it who allow its rating, its URL as text to paste, and what the URL says just now. */
export function OwnPicture({ user, addresses, active, origin }: OwnPictureView) {
  const base = `${origin}/${user.publicKey}`
  const shown = { base, alt: active?.altText || user.displayName, rating: active?.rating ?? 'g' }
  return (
    <div class="own" data-own>
      <img
        class="own-picture"
        src={pictureUrl(`/${user.publicKey}`, 320, shown.rating)}
        width="80"
        height="80"
        alt={t().own.alt}
        data-own-picture
      />
      <Embed user={user} addresses={addresses} shown={shown} origin={origin}>
        <p class="own-foot small">
          <a href="/settings/addresses">{t().own.finds}</a>
          <a href="/docs">{t().own.how}</a>
          <button type="button" class="button plain small" data-show-none hidden={!active}>
            {t().own.none}
          </button>
        </p>
      </Embed>
      <div class="own-state">
        <p data-own-state>{describeState(active)}</p>
        <button type="button" class="button small" data-check>
          <Icon svg={refreshIcon} />
          <span>
            {t().own.check}
            <span class="visually-hidden">{t().own.checkWhat}</span>
          </span>
        </button>
      </div>
      <p class="message info" role="status" data-check-state />
      <p class="own-reach hint small">
        <span data-reach>{describeReach(addresses)}</span> {t().own.says}
      </p>
    </div>
  )
}

interface EmbedView {
  user: MeJson
  addresses: AddressJson[]
  shown: Omit<Code, 'size'>
  origin: string
  /** What stands with the other forms. */
  children: Child
}

function Embed({ user, addresses, shown, origin, children }: EmbedView) {
  const { base, alt, rating } = shown
  const code = embedCode('url', { ...shown, size: FIRST_SIZE })
  return (
    <div class="embed" data-embed data-alt={alt} data-rating={rating} data-name={user.displayName}>
      <div class="snippet with-button">
        <code id="embed-code" tabindex={0} data-base={base} title={code}>
          {code}
        </code>
        <CopyButton from="embed-code" label={t().own.embedCode} />
      </div>
      <details class="embed-more">
        <summary>{t().own.other}</summary>
        <div class="embed-choices">
          <fieldset class="segments">
            <legend class="visually-hidden">{t().own.form}</legend>
            <Segment value="url" text="URL" checked />
            <Segment value="html" text="HTML" />
            <Segment value="markdown" text="Markdown" />
          </fieldset>
          <label class="inline">
            <span>{t().own.size}</span>
            <select name="size">
              {EMBED_SIZES.map((size) => (
                <option value={size} selected={size === FIRST_SIZE}>
                  {size} px
                </option>
              ))}
            </select>
          </label>
          <label class="inline" data-key hidden={!isReached(addresses)}>
            <span>{t().own.key}</span>
            <select name="base">
              <option value={base}>{t().own.keys.private}</option>
              <option value={`${origin}/${user.hash}`}>{t().own.keys.hash}</option>
            </select>
          </label>
        </div>
        {children}
      </details>
    </div>
  )
}

function Segment({ value, text, checked = false }: { value: string; text: string; checked?: boolean }) {
  return (
    <label>
      <input type="radio" name="format" value={value} checked={checked} />
      <span>{text}</span>
    </label>
  )
}
