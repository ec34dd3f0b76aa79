import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/photos'
import { showEmail } from '../../lib/email'
import type { PhotoJson } from '../../photos/answers'
import { find } from '../shared/elements.client'
import { findShownFor } from '../shared/shown-for'
import { rawPath, rawSrcset } from '../shared/urls'
import { isBefore, monthOf, nameMonth } from './months'
import { ratioClasses, ratioOf } from './ratios'
import { isShared, sizesFor, widthsFor } from './tile-sizes'

/** The photos of the page and their tiles, in the order of the list. */
export interface Grid {
  element: HTMLElement
  /** All tiles in their order. */
  tiles(): HTMLElement[]
  tileOf(photoId: string): HTMLElement | undefined
  photoOf(tile: HTMLElement): PhotoJson
  photos(): PhotoJson[]
  /** Shows photos where they belong; those that are there already stay. @returns the tiles that are new */
  add(photos: PhotoJson[]): HTMLElement[]
  /** Shows what has changed of a photo. */
  update(photo: PhotoJson): void
  remove(photoIds: string[]): void
}

interface Options {
  page: HTMLElement
  userId: string
  addresses(): AddressJson[]
}

/** Makes the tiles that the page came with a list that can grow. */
export function startGrid({ page, userId, addresses }: Options): Grid {
  const element = find(page, '[data-grid]', HTMLElement)
  const blank = pieceOf(page, '[data-tile-template]')
  const blankMonth = pieceOf(page, '[data-month-template]')
  const allBadges = pieceOf(page, '[data-badges-template]')
  const photos = new Map<string, PhotoJson>()
  const tiles = new Map<string, HTMLElement>()
  const months = new Map<string, HTMLElement>()

  for (const photo of JSON.parse(page.dataset.photos ?? '[]') as PhotoJson[]) photos.set(photo.id, photo)
  for (const tile of element.querySelectorAll<HTMLElement>('[data-photo]')) {
    tiles.set(tile.dataset.photo ?? '', tile)
  }
  for (const month of element.querySelectorAll<HTMLElement>('[data-month]')) {
    months.set(month.dataset.month ?? '', month)
    estimate(month)
  }

  function photoOf(tile: HTMLElement): PhotoJson {
    const photo = photos.get(tile.dataset.photo ?? '')
    if (!photo) throw new Error('a tile has a photo')
    return photo
  }

  function fill(tile: HTMLElement, photo: PhotoJson): void {
    const [width, height] = [photo.width ?? 1, photo.height ?? 1]
    const name = photo.altText || photo.fileName || t().nameless
    tile.className = `photo ${ratioClasses(width, height)}${photo.active ? ' active' : ''}`
    tile.dataset.photo = photo.id
    const link = find(tile, '[data-open]', HTMLAnchorElement)
    link.href = `/photos/${photo.id}`
    link.ariaLabel = t().open(name)
    find(tile, '[data-select]', HTMLInputElement).ariaLabel = t().selectOne(name)
    const image = find(tile, 'img', HTMLImageElement)
    if (image.getAttribute('src') !== rawPath(userId, photo.id, 320)) {
      image.width = width
      image.height = height
      image.sizes = sizesFor(width, height)
      image.srcset = rawSrcset(userId, photo.id, widthsFor(width, height))
      image.src = rawPath(userId, photo.id, 320)
    }
    const shownFor = findShownFor(photo, addresses()).map(({ email }) => showEmail(email))
    fillBadges(tile, photo, shownFor)
  }

  function fillBadges(tile: HTMLElement, photo: PhotoJson, shownFor: string[]): void {
    const badges = allBadges.cloneNode(true) as HTMLElement
    const keep = (name: string, isTold: boolean) => {
      const badge = find(badges, `[data-badge=${name}]`, HTMLElement)
      if (!isTold) badge.remove()
      return badge
    }
    keep('active', photo.active)
    keep('shared', isShared(photo))
    keep('rating', photo.rating !== 'g').textContent = photo.rating.toUpperCase()
    const forWhom = keep('for', shownFor.length > 0)
    forWhom.title = shownFor.join(', ')
    if (shownFor.length > 0) find(forWhom, '.badge-text', HTMLElement).textContent = t().shownFor(shownFor)
    tile.querySelector('[data-badges]')?.replaceWith(badges)
  }

  function monthFor(photo: PhotoJson): HTMLElement {
    const key = monthOf(photo)
    const known = months.get(key)
    if (known) return known
    const month = blankMonth.cloneNode(true) as HTMLElement
    const heading = find(month, 'h3', HTMLElement)
    month.dataset.month = key
    heading.id = `month-${key}`
    heading.textContent = nameMonth(key)
    month.setAttribute('aria-labelledby', heading.id)
    const older = [...months.keys()]
      .filter((other) => other < key)
      .sort()
      .at(-1)
    element.insertBefore(month, months.get(older ?? '') ?? null)
    months.set(key, month)
    return month
  }

  function place(tile: HTMLElement, photo: PhotoJson): void {
    const list = find(monthFor(photo), '[data-shots]', HTMLElement)
    const last = list.lastElementChild
    const isLast = !(last instanceof HTMLElement) || isBefore(photoOf(last), photo)
    const shown = isLast ? [] : ([...list.children] as HTMLElement[]) // mostly they come in their order
    list.insertBefore(tile, shown.find((other) => isBefore(photo, photoOf(other))) ?? null)
  }

  return {
    element,
    photoOf,
    tiles: () => [...element.querySelectorAll<HTMLElement>('[data-photo]')],
    tileOf: (photoId) => tiles.get(photoId),
    photos: () => [...element.querySelectorAll<HTMLElement>('[data-photo]')].map(photoOf),
    add: (added) => {
      const fresh: HTMLElement[] = []
      for (const photo of added) {
        if (photos.has(photo.id)) continue
        const tile = blank.cloneNode(true) as HTMLElement
        photos.set(photo.id, photo)
        tiles.set(photo.id, tile)
        fill(tile, photo)
        place(tile, photo)
        fresh.push(tile)
      }
      for (const month of new Set(fresh.map((tile) => tile.closest<HTMLElement>('[data-month]')))) {
        if (month) estimate(month)
      }
      return fresh
    },
    update: (photo) => {
      const tile = tiles.get(photo.id)
      photos.set(photo.id, photo)
      if (tile) fill(tile, photo)
    },
    remove: (photoIds) => {
      for (const id of photoIds) {
        const tile = tiles.get(id)
        const month = tile?.closest<HTMLElement>('[data-month]')
        tile?.remove()
        photos.delete(id)
        tiles.delete(id)
        if (!month || find(month, '[data-shots]', HTMLElement).childElementCount > 0) continue
        month.remove()
        months.delete(month.dataset.month ?? '')
      }
    },
  }

  /** Says about how high a month is while nobody sees it and it is not laid out: the scroll bar goes by it. */
  function estimate(month: HTMLElement): void {
    const row = matchMedia('(min-width: 45em)').matches ? 220 : 120
    let wide = 0
    for (const tile of find(month, '[data-shots]', HTMLElement).children) {
      const { width, height } = photoOf(tile as HTMLElement)
      wide += ratioOf(width ?? 1, height ?? 1) * row
    }
    const rows = Math.ceil(wide / Math.max(280, innerWidth - 48))
    month.style.containIntrinsicSize = `auto ${Math.round(40 + rows * row * 1.1)}px`
  }
}

function pieceOf(page: HTMLElement, template: string): Element {
  const piece = find(page, template, HTMLTemplateElement).content.firstElementChild
  if (!piece) throw new Error(`Empty template ${template}`)
  return piece
}
