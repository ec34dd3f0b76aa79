import chevronIcon from 'lucide-static/icons/chevron-up.svg'
import imageIcon from 'lucide-static/icons/image.svg'
import uploadIcon from 'lucide-static/icons/image-up.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../../lang/uploads'
import { findScript } from '../bundles'
import { Icon } from '../icon'

/**
 * What is on its way up, on every page of whoever is signed in: a bar at the foot of the window that opens to a list.
 * Nothing of it shows while there is nothing in it.
 */
export function UploadTray({ maxBytes }: { maxBytes: number }) {
  return (
    <>
      <section
        class="tray"
        aria-label={t().uploads}
        data-tray
        data-max-bytes={maxBytes}
        data-uploader={findScript('uploader')}
        data-missed={t().shareMissed}
        data-offline={t().waitingOnline}
        hidden
      >
        <div class="tray-head">
          <button
            type="button"
            class="tray-toggle"
            aria-expanded="false"
            aria-controls="tray-body"
            data-toggle
          >
            <Icon svg={uploadIcon} />
            <span class="tray-title" data-title />
            <span class="visually-hidden" data-toggle-word>
              {t().show}
            </span>
            <span class="tray-chevron">
              <Icon svg={chevronIcon} />
            </span>
          </button>
          <button type="button" class="button plain small square" aria-label={t().close} data-close hidden>
            <Icon svg={xIcon} />
          </button>
        </div>
        <progress max="100" value="0" aria-label={t().progress} data-all />
        <div class="tray-body" id="tray-body" data-body hidden>
          <div class="tray-tools">
            <button type="button" class="button small" data-every="shared" hidden>
              {t().addAll}
            </button>
            <button type="button" class="button small" data-every="large" hidden>
              {t().smallerAll}
            </button>
            <button type="button" class="button small" data-every="failed" hidden>
              {t().retryAll}
            </button>
            <button type="button" class="button plain small" data-clear>
              {t().clear}
            </button>
          </div>
          <ul class="uploads" aria-label={t().uploads} tabindex={-1} data-upload-list />
        </div>
        <template data-upload-template>
          <li class="upload">
            <span class="upload-preview">
              <Icon svg={imageIcon} />
              <img width="48" height="48" alt="" loading="lazy" decoding="async" hidden />
            </span>
            <div class="grow">
              <p class="upload-name" dir="auto" data-name />
              <progress max="100" value="0" data-progress />
              <p class="upload-state" data-state />
              <button type="button" class="button small" data-retry hidden />
            </div>
            <button type="button" class="button plain small square" data-remove>
              <Icon svg={xIcon} />
            </button>
          </li>
        </template>
      </section>
      <p class="visually-hidden" role="status" data-upload-status />
      <div class="drop-over" aria-hidden="true" data-drop-over hidden>
        <p>
          <Icon svg={uploadIcon} />
          <span data-drop-word>{t().drop}</span>
        </p>
      </div>
    </>
  )
}
