import type { AddressJson } from '../../accounts/answers'
import type { Rating } from '../../lib/ratings'
import type { PhotoJson } from '../../photos/answers'
import { find } from '../shared/elements.client'
import { fetchAnew, ownPictureUrl, refreshOwnFace } from '../shared/public-picture.client'
import { type Embed, type EmbedFormat, embedCode } from '../shared/urls'
import { describeState } from '../shared/words'
import { startCheck } from './check.client'
import { describeReach, isReached } from './reach'

/** Shows the state of the active photo in the panel and fetches the public picture anew. */
export function showActive(active: Pick<PhotoJson, 'rating' | 'altText'> | null): void {
  find(document, '[data-own-state]', HTMLElement).textContent = describeState(active)
  find(document, '[data-show-none]', HTMLElement).hidden = !active
  const embed = find(document, '[data-embed]', HTMLElement)
  embed.dataset.alt = active?.altText || embed.dataset.name || ''
  embed.dataset.rating = active?.rating ?? 'g'
  writeCode(embed)
  find(document, '[data-own]', HTMLElement).classList.add('fresh')
  void refreshPicture()
}

/** Shows whether the primary address leads to the picture of the panel: its URL is offered only then. */
export function showReach(addresses: AddressJson[]): void {
  const embed = find(document, '[data-embed]', HTMLElement)
  find(document, '[data-reach]', HTMLElement).textContent = describeReach(addresses)
  find(embed, '[data-key]', HTMLElement).hidden = !isReached(addresses)
  writeCode(embed)
}

/** Fetches the public picture anew, there and for the embedded URL. The image itself would not ask again. */
async function refreshPicture(): Promise<void> {
  const image = find(document, '[data-own-picture]', HTMLImageElement)
  const embed = readEmbed(find(document, '[data-embed]', HTMLElement))
  const [base = ''] = (image.dataset.url ?? image.src).split('?')
  const url = ownPictureUrl(base, embed.rating)
  image.dataset.url = url
  const embedded = embedCode('url', embed)
  if (embedded.startsWith(location.origin)) void fetchAnew(embedded)
  const response = await fetchAnew(url)
  if (response) showPicture(await response.blob())
  // The private URL ends in the key by which the header shows the same.
  await refreshOwnFace(new URL(base, location.href).pathname.slice(1))
}

function showPicture(picture: Blob): void {
  const image = find(document, '[data-own-picture]', HTMLImageElement)
  const old = image.src
  image.dataset.url ??= old
  image.src = URL.createObjectURL(picture)
  if (old.startsWith('blob:')) URL.revokeObjectURL(old)
}

/** Rewrites the text to copy whenever its form, size or URL is changed. */
export function startEmbed(): void {
  const embed = find(document, '[data-embed]', HTMLElement)
  embed.addEventListener('change', () => writeCode(embed))
  writeCode(embed) // after a reload browsers restore the old choices
  startCheck(document.body, () => embedCode('url', readEmbed(embed)), showPicture)
}

function writeCode(embed: HTMLElement): void {
  const format = find(embed, '[name=format]:checked', HTMLInputElement).value as EmbedFormat
  const code = find(embed, '#embed-code', HTMLElement)
  code.textContent = embedCode(format, readEmbed(embed))
  code.title = code.textContent // on a phone it may be cut off
}

/** What is chosen, of the photo that shows. */
function readEmbed(embed: HTMLElement): Embed {
  const { alt = '', rating = 'g' } = embed.dataset
  const key = find(embed, '[data-key]', HTMLElement)
  const base = key.hidden ? undefined : find(key, 'select', HTMLSelectElement).value
  return {
    base: base ?? find(embed, '#embed-code', HTMLElement).dataset.base ?? '',
    size: Number(find(embed, '[name=size]', HTMLSelectElement).value),
    alt,
    rating: rating as Rating,
  }
}
