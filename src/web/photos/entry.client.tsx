import type { AddressJson } from '../../accounts/answers'
import { showEmail } from '../../lib/email'
import type { PhotoJson, PhotoList } from '../../photos/answers'
import { callApi, isGone } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { startCopyButtons } from '../shared/copy.client'
import { confirmDelete } from '../shared/delete-dialog.client'
import { draw, redraw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { watchPictures } from '../shared/pictures.client'
import { watchReturns } from '../shared/returns.client'
import { watchSession } from '../shared/session.client'
import { notify } from '../shared/toasts.client'
import { watchUploaded } from '../shared/uploads/uploaded.client'
import { choosePlace } from '../shared/where-dialog.client'
import { startImports } from './imports.client'
import { showActive, showReach, startEmbed } from './own-picture.client'
import { PhotoCard } from './photo-card'
import { startSelection } from './selection.client'

const page = find(document, '[data-photos]', HTMLElement)
const grid = find(page, '[data-grid]', HTMLElement)
const empty = find(page, '[data-empty]', HTMLElement)
const userId = page.dataset.user ?? ''
const maxBytes = Number(page.dataset.maxBytes)
/** The primary one first. */
let addresses: AddressJson[] = JSON.parse(page.dataset.addresses ?? '')

watchSession()
watchPictures()
watchReturns()
startCopyButtons()
startEmbed()
watchUploaded(({ photo }) => addPhoto(photo))
startImports(find(page, '[data-imports]', HTMLElement), { maxBytes, onDone: addPhoto })
startMore()
const selection = startSelection({ page, grid, userId, readCard, addresses: () => addresses, dropCards })

grid.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null
  const card = button?.closest<HTMLElement>('[data-photo]')
  if (!button || !card) return
  if (button.matches('[data-delete]')) void remove(card)
  else if (!button.matches('[data-activate][aria-disabled=false]')) return
  else if (addresses.length > 1) void choose(card)
  else void setActive(button, card)
})

find(page, '[data-show-none]', HTMLButtonElement).addEventListener('click', (event) => {
  void setActive(event.currentTarget as HTMLElement, null)
})

function cards(): HTMLElement[] {
  return [...grid.querySelectorAll<HTMLElement>(':scope > [data-photo]')]
}

function readCard(card: HTMLElement): PhotoJson {
  return JSON.parse(card.dataset.photo ?? '')
}

function makeCard(photo: PhotoJson): HTMLElement {
  return draw(<PhotoCard userId={userId} photo={photo} addresses={addresses} />)
}

/** Shows what has changed of a photo; a card that says it already stays as it is. */
function updateCard(card: HTMLElement, photo: PhotoJson): void {
  const { photo: old, for: oldFor } = card.dataset
  const { photo: fresh, for: freshFor } = makeCard(photo).dataset
  if (old === fresh && oldFor === freshFor) return
  const isSelected = find(card, '[data-select]', HTMLInputElement).checked
  const drawn = redraw(card, <PhotoCard userId={userId} photo={photo} addresses={addresses} />)
  find(drawn, '[data-select]', HTMLInputElement).checked = isSelected
}

/** Shows a photo that has just come in; the list is newest first. Says whether it was not on the page yet. */
function addPhoto(photo: PhotoJson): boolean {
  if (cards().some((card) => readCard(card).id === photo.id)) return false
  grid.prepend(makeCard(photo))
  empty.hidden = true
  selection.show()
  return true
}

function dropCard(card: HTMLElement): void {
  dropCards([card])
}

/** Takes the cards of photos away that are gone, and leads the focus on to the next one. */
function dropCards(gone: HTMLElement[]): void {
  const last = gone.at(-1)
  if (!last) return
  const photos = gone.map(readCard)
  const ids = photos.map(({ id }) => id)
  addresses = addresses.map((address) =>
    ids.includes(address.photoId ?? '') ? { ...address, photoId: null } : address,
  )
  const all = cards()
  const rest = (card: HTMLElement) => !gone.includes(card)
  const neighbour = all.slice(all.indexOf(last)).find(rest) ?? all.findLast(rest)
  for (const card of gone) card.remove()
  empty.hidden = cards().length > 0
  if (photos.some(({ active }) => active)) showActive(null)
  showReach(addresses)
  selection.show()
  const target =
    neighbour?.querySelector<HTMLElement>('[data-open]') ?? document.getElementById('photos-title')
  target?.focus()
}

function dropDeleted(card: HTMLElement): void {
  dropCard(card)
  notify('This photo was deleted elsewhere. It is off this page now.', { error: true })
}

/** Makes the photo of a card the one that shows, or none. */
async function setActive(button: HTMLElement, card: HTMLElement | null): Promise<void> {
  const photoId = card && readCard(card).id
  await attempt(button, async () => {
    try {
      await callApi('PUT', '/api/me/active-photo', { photoId })
    } catch (thrown) {
      if (card && isGone(thrown)) return dropDeleted(card)
      throw thrown
    }
    showEverywhere(photoId)
    if (!photoId) document.getElementById('photos-title')?.focus()
  })
}

/** Shows that the account's picture is another one, or none. */
function showEverywhere(photoId: string | null): void {
  addresses = addresses.map((address) => (address.follows ? { ...address, photoId } : address))
  let active: PhotoJson | null = null
  for (const card of cards()) {
    const photo = { ...readCard(card), active: readCard(card).id === photoId }
    if (photo.active) active = photo
    updateCard(card, photo)
  }
  showActive(active)
  const what = photoId ? 'This photo is your picture now.' : 'Your account shows no photo now.'
  notify(`${what} Others may hold the old one up to five minutes.`)
}

/** Asks where the photo of a card is to show. */
async function choose(card: HTMLElement): Promise<void> {
  const { id } = readCard(card)
  const place = await choosePlace(userId, readCard(card), addresses)
  if (!place) return
  if (place === 'gone') return dropDeleted(card)
  if (place === 'everywhere') showEverywhere(id)
  else {
    addresses = addresses.map((address) => (address.hash === place.hash ? place : address))
    for (const each of cards()) updateCard(each, readCard(each))
    showReach(addresses)
    notify(`${showEmail(place.email)} shows this photo now. Others may hold the old one up to five minutes.`)
  }
  // The card is another one by now, and the dialog gave the focus back to the old one.
  cards()
    .find((each) => readCard(each).id === id)
    ?.querySelector<HTMLElement>('[data-activate]')
    ?.focus()
}

async function remove(card: HTMLElement): Promise<void> {
  if (!(await confirmDelete(userId, readCard(card), addresses))) return
  dropCard(card)
  notify('The photo is deleted.')
}

/** Without this code the link shows the next page alone; with it the photos are added below. */
function startMore(): void {
  const more = find(page, '[data-more]', HTMLElement)
  const link = find(more, 'a', HTMLAnchorElement)
  link.addEventListener('click', (event) => {
    event.preventDefault()
    void attempt(link, async () => {
      const list = await callApi<PhotoList>(
        'GET',
        `/api${new URL(link.href).pathname}${new URL(link.href).search}`,
      )
      const shown = new Set(cards().map((card) => readCard(card).id)) // an import may have shown an old one
      const added = list.items.filter(({ id }) => !shown.has(id)).map(makeCard)
      grid.append(...added)
      added[0]?.querySelector<HTMLElement>('[data-open]')?.focus()
      more.hidden = !list.nextCursor
      link.href = `/photos?cursor=${list.nextCursor}`
    })
  })
}
