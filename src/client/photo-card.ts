import { rawPath, rawSrcset } from '../web/addresses'
import type { PhotoJson } from './answers'
import { find } from './elements'

/** The photo that a card shows. */
export function readCard(card: HTMLElement): PhotoJson {
  return JSON.parse(card.dataset.photo ?? '')
}

/** Writes a photo into a card: the same parts as web/photo-card.tsx. */
export function writeCard(card: HTMLElement, userId: string, photo: PhotoJson): void {
  const name = photo.altText || 'no description'
  card.dataset.photo = JSON.stringify(photo)
  card.classList.toggle('active', photo.active)

  const image = find(card, 'img', HTMLImageElement)
  if (!image.getAttribute('src')) {
    image.srcset = rawSrcset(userId, photo.id, [320, 640])
    image.src = rawPath(userId, photo.id, 320)
  }
  find(card, '[data-open]', HTMLElement).setAttribute('aria-label', `Details of photo: ${name}`)
  find(card, '[data-delete]', HTMLElement).setAttribute('aria-label', `Delete photo: ${name}`)
  find(card, '[data-active-badge]', HTMLElement).hidden = !photo.active

  const rating = find(card, '[data-rating]', HTMLElement)
  rating.hidden = photo.rating === 'g'
  rating.textContent = photo.rating.toUpperCase()

  const caption = find(card, '[data-caption]', HTMLElement)
  caption.textContent = photo.altText || 'No description'
  caption.classList.toggle('none', !photo.altText)

  const activate = find(card, '[data-activate]', HTMLElement)
  activate.setAttribute('aria-disabled', String(photo.active))
  activate.textContent = photo.active ? 'Active' : 'Make active'
}
