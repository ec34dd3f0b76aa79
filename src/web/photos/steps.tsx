import type { Child } from 'hono/jsx'
import frameIcon from 'lucide-static/icons/crop.svg'
import type { AddressJson, MeJson } from '../../accounts/answers'
import { t } from '../../lang/photos'
import type { PhotoJson } from '../../photos/answers'
import { Icon } from '../shared/icon'
import { UploadArea } from '../shared/uploads/upload-area'
import { ImportRow } from './import-row'
import { OwnPicture } from './own-picture'
import { frameHref, type Stage } from './stages'

interface StepsView {
  user: MeJson
  maxBytes: number
  addresses: AddressJson[]
  photos: PhotoJson[]
  active: PhotoJson | null
  origin: string
  stage: Stage
}

/**
 * Above the gallery: adding photos, framing one and using it. To somebody new these are three steps, and all that the
 * page shows; later they are two small panels.
 */
export function Steps({ stage, ...view }: StepsView) {
  const { user, maxBytes, addresses, photos, active, origin } = view
  return (
    <section class="first-steps" data-steps data-stage={stage} aria-labelledby="steps-title">
      <h2 id="steps-title" class="first-title">
        {t().steps.title}
      </h2>
      <Step name="add" title={t().steps.add} later={t().steps.addMore}>
        <UploadArea maxBytes={maxBytes} reach={t().reach} />
        <ImportRow email={user.email} isOpen={stage !== 'set'} />
      </Step>
      <Step name="frame" title={t().steps.frame}>
        <p class="hint">{t().steps.frameHint}</p>
        <p class="actions">
          <a
            class="button primary"
            href={frameHref(photos[0]?.id ?? '')}
            hidden={photos.length === 0}
            data-frame
          >
            <Icon svg={frameIcon} />
            {t().steps.frameNow}
          </a>
          <button type="button" class="button plain" hidden={photos.length === 0} data-use-newest>
            {t().steps.asIs}
          </button>
        </p>
      </Step>
      <Step name="use" title={t().steps.use} later={t().own.title}>
        <OwnPicture user={user} addresses={addresses} active={active} origin={origin} />
      </Step>
    </section>
  )
}

interface StepView {
  name: 'add' | 'frame' | 'use'
  title: string
  /** Its title where it is no step any more. */
  later?: string
  children: Child
}

function Step({ name, title, later, children }: StepView) {
  return (
    <section class={`first-step first-step-${name} card`} aria-labelledby={`step-${name}`} data-step={name}>
      <h2 class="first-step-title" id={`step-${name}`}>
        <span class="as-step">{title}</span>
        {later && <span class="as-panel">{later}</span>}
      </h2>
      <div class="first-step-body">{children}</div>
    </section>
  )
}
