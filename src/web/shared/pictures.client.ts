import { backOff } from '../../lib/backoff'

// Pictures that fail are asked for again: a gallery that is opened for the first time can be more than a server
// makes in a minute, and an <img> does not try twice by itself.

/** Seconds between two tries at most. */
const PATIENCE = 60

/** How often each picture has failed. */
const failures = new WeakMap<HTMLImageElement, number>()

/** What each picture that waits for its next try showed: one that failed before this code came says so once more. */
const mending = new WeakMap<HTMLImageElement, string>()

/** Pictures that are gone or not to be seen: another try would not help, until somebody signs in. */
const gone = new Set<HTMLImageElement>()

/** Before this time (milliseconds) the server wants no more tries. */
let notBefore = 0

/** Makes every picture of the page come in the end, those that are added later too. */
export function watchPictures(): void {
  document.addEventListener(
    'error',
    ({ target }) => target instanceof HTMLImageElement && void mend(target),
    true,
  )
  document.addEventListener(
    'load',
    ({ target }) => target instanceof HTMLImageElement && failures.delete(target),
    true,
  )
  document.addEventListener('signed-in', () => {
    for (const image of gone) load(image)
    gone.clear()
  })
  for (const image of document.images) if (hasFailed(image)) void mend(image) // before this code came
}

async function mend(image: HTMLImageElement): Promise<void> {
  const url = image.currentSrc || image.src
  if (!url.startsWith(location.origin)) return // a file that was chosen, which the server cannot give
  if (mending.get(image) === url) return
  mending.set(image, url)
  const isThere = await wait(image, url)
  if (mending.get(image) !== url) return // it shows another one since
  mending.delete(image)
  if (!isThere) gone.add(image)
  else if (image.isConnected && url === (image.currentSrc || image.src)) load(image)
}

/** Waits until the picture may be asked for again; false where there is none. */
async function wait(image: HTMLImageElement, url: string): Promise<boolean> {
  const tries = (failures.get(image) ?? 0) + 1
  failures.set(image, tries)
  if (notBefore < Date.now()) {
    const seconds = await ask(url)
    if (seconds === null) return false
    notBefore = Math.max(notBefore, Date.now() + seconds * 1000)
  }
  // Not all at once: what made them fail was their number.
  const pause = Math.max(notBefore - Date.now(), tries > 1 ? Math.min(backOff(tries, 1), PATIENCE) * 1000 : 0)
  await new Promise((resolve) => setTimeout(resolve, pause + Math.random() * 1000))
  return true
}

/** Seconds that the server wants us to wait; null where the picture is not there. An `error` event does not say. */
async function ask(url: string): Promise<number | null> {
  const response = await fetch(url, { method: 'HEAD' }).catch(() => null)
  if (!response) return 5 // no connection
  if (response.status === 429 || response.status >= 500) {
    return Math.min(Number(response.headers.get('retry-after')) || 5, PATIENCE)
  }
  return response.ok ? 0 : null
}

/** Setting what it has makes an image ask again. */
function load(image: HTMLImageElement): void {
  if (image.srcset) image.srcset = image.getAttribute('srcset') ?? ''
  image.src = image.getAttribute('src') ?? ''
}

function hasFailed(image: HTMLImageElement): boolean {
  return image.complete && image.naturalWidth === 0 && image.currentSrc !== ''
}
