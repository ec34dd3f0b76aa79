import { formatBytes, formatTime } from '../../lang/formats'
import { t } from '../../lang/photos'
import { find, whileBusy } from '../shared/elements.client'
import { fetchAnew } from '../shared/public-picture.client'

/**
 * Makes the button work that asks the URL itself, past all that this browser holds, and shows what it got.
 * @param readUrl the absolute URL that is offered to be copied
 * @param show draws the picture that came
 */
export function startCheck(page: HTMLElement, readUrl: () => string, show: (picture: Blob) => void): void {
  const button = find(page, '[data-check]', HTMLButtonElement)
  const state = find(page, '[data-check-state]', HTMLElement)
  button.addEventListener('click', () => {
    void whileBusy(button, async () => {
      state.textContent = t().own.checking
      state.textContent = await check(readUrl(), show)
    })
  })
}

async function check(url: string, show: (picture: Blob) => void): Promise<string> {
  const { origin } = new URL(url)
  if (origin !== location.origin) return t().own.elsewhere(origin)
  // A default picture is told from a photo by asking for none in its place.
  const [answer, photo] = await Promise.all([
    fetchAnew(url),
    fetch(`${url}&d=404`, { cache: 'reload' }).catch(() => null),
  ])
  const picture = await answer?.blob().catch(() => null)
  if (!picture || !photo) return t().own.gotNothing
  show(picture)
  const time = formatTime(Date.now())
  if (photo.status === 404) return t().own.gotDefault(time)
  const kind = picture.type.replace('image/', '').toUpperCase()
  return t().own.got(kind === 'WEBP' ? 'WebP' : kind, formatBytes(picture.size), time)
}
