import type { Child } from 'hono/jsx'
import cameraIcon from 'lucide-static/icons/camera.svg'
import uploadIcon from 'lucide-static/icons/image-up.svg'
import { formatBytes } from '../../../lang/formats'
import { t } from '../../../lang/uploads'
import { UPLOAD_TYPES } from '../../../uploads/kinds'
import { Icon } from '../icon'

interface UploadAreaView {
  maxBytes: number
  /** Who will see them, in a sentence. */
  reach: string
  /** The album that they go to, too. */
  album?: { id: string; title: string }
  /** Another way to add photos. */
  children?: Child
}

/** Where files are chosen, or taken with the camera of a phone. The tray takes them; it takes what is dropped, too. */
export function UploadArea({ maxBytes, reach, album, children }: UploadAreaView) {
  return (
    <div
      data-uploads
      data-album={album && JSON.stringify({ id: album.id, title: album.title })}
      data-drop={album && t().dropInAlbum(album.title)}
    >
      <div class="drop">
        <Icon svg={uploadIcon} />
        <p class="drop-text">
          <label class={album ? 'button' : 'button primary'} for="files">
            {t().choose}
          </label>
          <label class="button drop-camera" for="camera">
            <Icon svg={cameraIcon} />
            <span class="drop-camera-text">{t().camera}</span>
          </label>
          {children}
          <span class="drop-or">{t().orDrop}</span>
        </p>
        <input
          class="visually-hidden"
          id="files"
          type="file"
          accept={`${UPLOAD_TYPES.join()},.jpg,.jpeg,.jfif,.png,.webp,.gif,.avif,.heic,.heif`}
          multiple
          aria-describedby="files-hint"
          data-take-files
        />
        <input
          class="visually-hidden drop-camera"
          id="camera"
          type="file"
          accept="image/*"
          capture="environment"
          data-take-files
        />
        <p class="hint small" id="files-hint">
          {t().limits(formatBytes(maxBytes))} {reach}
        </p>
      </div>
    </div>
  )
}
