import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/photos'
import { showEmail } from '../../lib/email'
import { find } from '../shared/elements.client'
import { ratioOf } from '../shared/ratios'
import { findShownFor } from '../shared/shown-for'
import {
  DESKTOP,
  PHONE,
  type ShownPhoto,
  sizesFor,
  tileClasses,
  toShown,
  widthsFor,
} from '../shared/tile-look'
import { rawPath, rawSrcset } from '../shared/urls'
import { isBefore, monthOf, nameMonth } from './months'
import { heightOfRows, type Measures } from './rows'

/** The class of a tile that is selected. It is there also while the tile is empty. */
export const SELECTED = 'selected'

/** The photos of the page and their tiles, in the order of the list. */
export interface Grid {
  element: HTMLElement
  /** All tiles in their order. */
  tiles(): HTMLElement[]
  tileOf(photoId: string): HTMLElement | undefined
  photoOf(tile: HTMLElement): ShownPhoto
  photos(): ShownPhoto[]
  /**
   * Puts photos where they belong; those that are there already stay. With `bare` their tiles take their room and nothing
   * else, until `show`. @returns the tiles that are new
   */
  add(photos: ShownPhoto[], options?: { bare?: boolean }): HTMLElement[]
  /** Fills a tile with its link, its picture and its box; one that is full stays. */
  show(tile: HTMLElement): void
  /** Empties a tile, which keeps its room. */
  clear(tile: HTMLElement): void
  /** Shows what has changed of a photo. */
  update(photo: ShownPhoto): void
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
  for (const control of blank.querySelectorAll('a, input')) control.setAttribute('tabindex', '-1')
  const blankMonth = pieceOf(page, '[data-month-template]')
  const allBadges = pieceOf(page, '[data-badges-template]')
  const photos = new Map<string, ShownPhoto>()
  const tiles = new Map<string, HTMLElement>()
  const months = new Map<string, HTMLElement>()
  let measures: (Measures & { head: number }) | undefined
  let width = element.clientWidth
  new ResizeObserver(() => {
    if (element.clientWidth === width) return
    width = element.clientWidth
    measures = undefined
    for (const month of months.values()) estimate(month)
  }).observe(element)

  for (const photo of JSON.parse(page.dataset.photos ?? '[]') as ShownPhoto[]) photos.set(photo.id, photo)
  for (const tile of element.querySelectorAll<HTMLElement>('[data-photo]')) {
    tiles.set(tile.dataset.photo ?? '', tile)
  }
  for (const month of element.querySelectorAll<HTMLElement>('[data-month]')) {
    months.set(month.dataset.month ?? '', month)
    estimate(month)
  }

  function photoOf(tile: HTMLElement): ShownPhoto {
    const photo = photos.get(tile.dataset.photo ?? '')
    if (!photo) throw new Error('a tile has a photo')
    return photo
  }

  /** What makes the room of a tile. */
  function dress(tile: HTMLElement, photo: ShownPhoto): void {
    const isSelected = tile.classList.contains(SELECTED)
    tile.className = tileClasses(photo)
    tile.classList.toggle(SELECTED, isSelected)
    tile.dataset.photo = photo.id
  }

  /** What is new is made before it is put into the page: the browser looks at it, and asks for its picture, once. */
  function fill(tile: HTMLElement, photo: ShownPhoto): void {
    dress(tile, photo)
    const isFull = tile.childElementCount > 0
    const content = isFull ? tile : (blank.cloneNode(true) as HTMLElement)
    const [width, height] = [photo.width ?? 1, photo.height ?? 1]
    const name = photo.altText || photo.fileName || t().nameless
    const link = find(content, '[data-open]', HTMLAnchorElement)
    link.href = `/photos/${photo.id}`
    link.ariaLabel = t().open(name)
    const box = find(content, '[data-select]', HTMLInputElement)
    box.ariaLabel = t().selectOne(name)
    box.checked = tile.classList.contains(SELECTED)
    const image = find(content, 'img', HTMLImageElement)
    if (image.getAttribute('src') !== rawPath(userId, photo.id, 320)) {
      image.loading = 'eager' // a tile is filled when it is near: left to the browser, a whole window's begin in one frame
      image.width = width
      image.height = height
      image.sizes = sizesFor(width, height)
      image.srcset = rawSrcset(userId, photo.id, widthsFor(width, height))
      image.src = rawPath(userId, photo.id, 320)
    }
    const shownFor = findShownFor(photo, addresses()).map(({ email }) => showEmail(email))
    fillBadges(content, photo, shownFor)
    if (!isFull) tile.append(...content.children)
  }

  function fillBadges(content: HTMLElement, photo: ShownPhoto, shownFor: string[]): void {
    const badges = allBadges.cloneNode(true) as HTMLElement
    const keep = (name: string, isTold: boolean) => {
      const badge = find(badges, `[data-badge=${name}]`, HTMLElement)
      if (!isTold) badge.remove()
      return badge
    }
    keep('active', photo.active)
    keep('rating', photo.rating !== 'g').textContent = photo.rating.toUpperCase()
    const forWhom = keep('for', shownFor.length > 0)
    forWhom.title = shownFor.join(', ')
    if (shownFor.length > 0) find(forWhom, '.badge-text', HTMLElement).textContent = t().shownFor(shownFor)
    content.querySelector('[data-badges]')?.replaceWith(badges)
  }

  function monthFor(photo: ShownPhoto): HTMLElement {
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

  function place(tile: HTMLElement, photo: ShownPhoto): void {
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
    show: (tile) => {
      if (tile.childElementCount === 0) fill(tile, photoOf(tile))
    },
    clear: (tile) => tile.replaceChildren(),
    add: (added, { bare = false } = {}) => {
      const fresh: HTMLElement[] = []
      for (const photo of added) {
        if (photos.has(photo.id)) continue
        const tile = document.createElement('li')
        photos.set(photo.id, toShown(photo))
        tiles.set(photo.id, tile)
        if (bare) dress(tile, photo)
        else fill(tile, photo)
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
      if (!tile) return
      if (tile.childElementCount === 0) dress(tile, photo)
      else fill(tile, photo)
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

  /** Says how high a month is while nobody sees it and it is not laid out: the scroll bar goes by it. */
  function estimate(month: HTMLElement): void {
    measures ??= measure(element)
    const shots = find(month, '[data-shots]', HTMLElement)
    const ratios = ([...shots.children] as HTMLElement[]).map((tile) => {
      const { width, height } = photoOf(tile)
      return ratioOf(width ?? 1, height ?? 1)
    })
    const height = Math.round(measures.head + heightOfRows(ratios, measures))
    month.style.containIntrinsicSize = `auto ${height}px`
  }
}

function measure(element: HTMLElement): Measures & { head: number } {
  const isWide = matchMedia('(min-width: 45em)').matches
  const heading = element.querySelector('h3')
  const head = heading ? heading.offsetHeight + Number.parseFloat(getComputedStyle(heading).marginBottom) : 32
  return { width: element.clientWidth, row: isWide ? DESKTOP : PHONE, gap: isWide ? 6 : 4, head }
}

function pieceOf(page: HTMLElement, template: string): Element {
  const piece = find(page, template, HTMLTemplateElement).content.firstElementChild
  if (!piece) throw new Error(`Empty template ${template}`)
  return piece
}
