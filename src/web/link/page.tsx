import type { Context } from 'hono'
import downloadIcon from 'lucide-static/icons/download.svg'
import { encodeCursor } from '../../http/paging'
import { t } from '../../lang/link'
import type { LinkedPhoto, Shown } from '../../sharing/links/shown'
import { Icon } from '../shared/icon'
import { renderLinkPage } from './layout'
import { type Linked, largePath, linkedPath, linkedSrcset } from './paths'
import { LargeView } from './view'

/** The page asks for the password before it says anything of what it would show. */
export function renderPasswordPage(c: Context, { error = '' }: { error?: string } = {}) {
  return renderLinkPage(c, {
    title: null,
    width: 'narrow',
    status: error ? 403 : 200,
    children: (
      <div class="card link-password">
        <form method="post" action="?" novalidate>
          <h1>{t().passwordTitle}</h1>
          <p class="hint">{t().passwordHint}</p>
          <div class="field">
            <label for="password">{t().password}</label>
            <input
              id="password"
              name="password"
              type="password"
              autocomplete="off"
              maxlength={200}
              required
              autofocus
              aria-invalid={error ? 'true' : undefined}
              aria-describedby="password-error"
            />
            <p class="message error" id="password-error" role="alert">
              {error}
            </p>
          </div>
          <button type="submit" class="button primary wide">
            {t().open}
          </button>
        </form>
      </div>
    ),
  })
}

/**
 * What a link shows: one photo as large as the window, or an album as a gallery.
 * @param shown.large the photo of the album that is to be seen large, which without script is a page of its own
 */
export function renderLink(c: Context, linked: Linked, { large, ...shown }: Shown & { large?: string }) {
  const { title, photos } = shown
  const [photo] = photos
  if (title === null && photo) {
    const children = <Single linked={linked} photo={photo} />
    return renderLinkPage(c, { title: t().photo, withScript: true, children })
  }
  const view = (each: LinkedPhoto, at: number, alone = false) => {
    const beside = { previous: photos[at - 1], next: photos[at + 1] }
    return <LargeView linked={linked} photo={each} name={nameOf(each, at)} alone={alone} {...beside} />
  }
  const at = photos.findIndex(({ id }) => id === large)
  const opened = photos[at]
  if (opened) return renderLinkPage(c, { title, withScript: true, children: view(opened, at, true) })
  const children = <Album linked={linked} shown={shown} />
  const above = <template data-views>{photos.map((each, n) => view(each, n))}</template>
  return renderLinkPage(c, { title, withScript: true, children, above })
}

function nameOf({ altText }: LinkedPhoto, at: number): string {
  return altText || t().photoAt(at + 1)
}

function Single({ linked, photo }: { linked: Linked; photo: LinkedPhoto }) {
  return (
    <figure class="single">
      <h1 class="visually-hidden">{t().photo}</h1>
      <img
        src={linkedPath(linked, photo.id, 960)}
        srcset={linkedSrcset(linked, photo.id, [320, 640, 960, 1280, 2048])}
        sizes="100vw"
        width={photo.width}
        height={photo.height}
        alt={photo.altText || t().photoOf}
        fetchpriority="high"
      />
      {linked.download && (
        <figcaption class="actions">
          <a class="button" href={`${linkedPath(linked, photo.id)}?original`} download>
            <Icon svg={downloadIcon} />
            {t().download}
          </a>
        </figcaption>
      )}
    </figure>
  )
}

/** A gallery: each picture leads to its large view, which needs no script. */
function Album({ linked, shown }: { linked: Linked; shown: Shown }) {
  const { title, photos, next } = shown
  const isFirst = linked.cursor === null
  return (
    <div class="linked-album">
      <h1 dir="auto">{title}</h1>
      {!photos.length && <p class="lead">{t().none}</p>}
      <ul class="linked-photos" aria-label={t().photos}>
        {photos.map((photo, at) => (
          <li>
            <a id={`t-${photo.id}`} href={largePath(linked, photo.id)} data-to={photo.id}>
              <img
                src={linkedPath(linked, photo.id, 640)}
                srcset={linkedSrcset(linked, photo.id, [320, 640, 960])}
                sizes="(max-width: 37.5em) 60vw, 22rem"
                width={photo.width}
                height={photo.height}
                alt={nameOf(photo, at)}
                loading={at < 8 ? undefined : 'lazy'}
              />
            </a>
          </li>
        ))}
      </ul>
      {(next || !isFirst) && (
        <nav class="actions" aria-label={t().pages}>
          {!isFirst && (
            <a class="button" href="?">
              {t().newest}
            </a>
          )}
          {next && (
            <a class="button" href={`?cursor=${encodeCursor(next.createdAt, next.id)}`}>
              {t().older}
            </a>
          )}
        </nav>
      )}
    </div>
  )
}
