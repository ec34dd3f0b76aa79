import type { Child } from 'hono/jsx'
import imageIcon from 'lucide-static/icons/image.svg'
import uploadIcon from 'lucide-static/icons/image-up.svg'
import retryIcon from 'lucide-static/icons/rotate-cw.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { formatBytes } from '../../../lang/formats'
import { KINDS, UPLOAD_TYPES } from '../../../uploads/kinds'
import { Icon } from '../icon'

interface UploadAreaView {
  maxBytes: number
  /** Who will see them, in a sentence. */
  reach: string
  /** Another way to add photos. */
  children?: Child
}

/** Where files are dropped or chosen, and the list of uploads under way. */
export function UploadArea({ maxBytes, reach, children }: UploadAreaView) {
  return (
    <div data-uploads>
      <div class="drop" data-drop>
        <Icon svg={uploadIcon} />
        <p class="drop-text">
          <label class="button primary" for="files">
            Choose photos
          </label>
          {children}
          <span class="drop-or">or drop them here</span>
        </p>
        <input
          class="visually-hidden"
          id="files"
          type="file"
          accept={`${UPLOAD_TYPES.join()},.jpg,.jpeg,.jfif,.png,.webp,.gif,.avif`}
          multiple
          aria-describedby="files-hint"
        />
        <p class="hint small" id="files-hint">
          {KINDS}, up to {formatBytes(maxBytes)} each. {reach}
        </p>
      </div>
      <ul class="uploads" data-upload-list aria-label="Uploads" hidden />
      <template data-upload-template>
        <li class="upload">
          <span class="upload-preview">
            <Icon svg={imageIcon} />
            <img width="48" height="48" alt="" hidden />
          </span>
          <div class="grow">
            <p class="upload-name" dir="auto" data-name />
            <progress max="100" value="0" data-progress />
            <p class="upload-state" data-state />
          </div>
          <span class="upload-buttons">
            <button type="button" class="button small" data-retry hidden>
              <Icon svg={retryIcon} />
              <span data-word>Retry</span>
            </button>
            <button type="button" class="button small square" data-remove>
              <Icon svg={xIcon} />
            </button>
          </span>
        </li>
      </template>
    </div>
  )
}
