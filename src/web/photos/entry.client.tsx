import type { AddressJson } from '../../accounts/answers'
import { showEmail } from '../../lib/email'
import type { PhotoJson, PhotoList } from '../../photos/answers'
import { callApi, isGone } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { startCopyButtons } from '../shared/copy.client'
import { draw, redraw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import { notify } from '../shared/toasts.client'
import { startImports } from './imports.client'
import { showActive, showReach, startEmbed } from './own-picture.client'
import { PhotoCard } from './photo-card'
import { confirmDelete, editPhoto } from './photo-dialogs.client'
import { startUploadList } from './upload-list.client'
import { choosePlace } from './where-dialog.client'

const page = find(document, '[data-photos]', HTMLElement)
const grid = find(page, '[data-grid]', HTMLElement)
const empty = find(page, '[data-empty]', HTMLElement)
const userId = page.dataset.user ?? ''
const maxBytes = Number(page.dataset.maxBytes)
/** The primary one first. */
let addresses: AddressJson[] = JSON.parse(page.dataset.addresses ?? '')

watchSession()
watchPictures()
startCopyButtons()
startEmbed()
startUploads()
startImports(find(page, '[data-imports]', HTMLElement), { maxBytes, onDone: addPhoto })
startMore()

grid.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null
  const card = button?.closest<HTMLElement>('[data-photo]')
  if (!button || !card) return
  if (button.matches('[data-open]')) void edit(card)
  else if (button.matches('[data-delete]')) void remove(card)
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
  redraw(card, <PhotoCard userId={userId} photo={photo} addresses={addresses} />)
}

/** Shows a photo that has just come in; the list is newest first. Says whether it was not on the page yet. */
function addPhoto(photo: PhotoJson): boolean {
  if (cards().some((card) => readCard(card).id === photo.id)) return false
  grid.prepend(makeCard(photo))
  empty.hidden = true
  return true
}

/** Takes the card of a photo away that is gone, and leads the focus on to the next one. */
function dropCard(card: HTMLElement): void {
  const { id, active } = readCard(card)
  addresses = addresses.map((address) => (address.photoId === id ? { ...address, photoId: null } : address))
  const neighbour = card.nextElementSibling ?? card.previousElementSibling
  card.remove()
  empty.hidden = cards().length > 0
  if (active) showActive(null)
  showReach(addresses)
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

async function edit(card: HTMLElement): Promise<void> {
  const changed = await editPhoto(userId, readCard(card))
  if (changed === 'gone') return dropDeleted(card)
  if (!changed) return
  updateCard(card, changed)
  if (changed.active) showActive(changed)
  notify('Saved.')
}

async function remove(card: HTMLElement): Promise<void> {
  if (!(await confirmDelete(userId, readCard(card), addresses))) return
  dropCard(card)
  notify('The photo is deleted.')
}

function startUploads(): void {
  const input = find(page, '#files', HTMLInputElement)
  const drop = find(page, '[data-drop]', HTMLElement)
  const addFiles = startUploadList({
    list: find(page, '[data-upload-list]', HTMLElement),
    template: find(page, '[data-upload-template]', HTMLTemplateElement),
    maxBytes,
    onDone: addPhoto,
  })
  input.addEventListener('change', () => {
    addFiles(input.files ?? [])
    input.value = '' // so that choosing the same file again is a change
  })
  // The whole page takes files: what is dropped beside the area would otherwise replace the page.
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  document.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    drop.classList.add('over')
  })
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) drop.classList.remove('over')
  })
  document.addEventListener('drop', (event) => {
    drop.classList.remove('over')
    if (!carriesFiles(event)) return
    event.preventDefault()
    addFiles(event.dataTransfer?.files ?? [])
  })
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
