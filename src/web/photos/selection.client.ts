import type { AddressJson } from '../../accounts/answers'
import type { PhotoJson } from '../../photos/answers'
import { callApi, isSignedOut } from '../shared/api.client'
import { askToDelete, deletePhoto } from '../shared/delete-dialog.client'
import { find } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { doSeveral } from '../shared/several.client'
import { openShareDialog } from '../shared/share-dialog.client'
import { notify } from '../shared/toasts.client'
import { countPhotos } from '../shared/words'
import { chooseAlbum } from './album-dialog.client'

/** How long a finger rests on a photo to select it, in milliseconds: less than until a browser opens its menu. */
const LONG_PRESS = 400

interface Options {
  page: HTMLElement
  grid: HTMLElement
  userId: string
  readCard(card: HTMLElement): PhotoJson
  addresses(): AddressJson[]
  /** Takes the cards of photos away that are deleted. */
  dropCards(cards: HTMLElement[]): void
}

/** Makes selecting photos work, and what is done with all of them at once. What is selected lies in the checkboxes. */
export function startSelection({ page, grid, userId, readCard, addresses, dropCards }: Options) {
  const bar = find(page, '[data-selection]', HTMLElement)
  const status = find(bar, '[data-selected]', HTMLElement)
  const progress = find(bar, '[data-selection-progress]', HTMLProgressElement)
  const mode = find(page, '[data-select-mode]', HTMLButtonElement)
  let last: HTMLElement | null = null

  const boxOf = (card: HTMLElement) => find(card, '[data-select]', HTMLInputElement)
  const cards = () => [...grid.querySelectorAll<HTMLElement>(':scope > [data-photo]')]
  const selected = () => cards().filter((card) => boxOf(card).checked)
  const isOn = () => mode.getAttribute('aria-pressed') === 'true'

  function show(): void {
    const count = selected().length
    bar.hidden = count === 0
    status.textContent = `${count} selected`
    mode.hidden = cards().length === 0
    grid.classList.toggle('selecting', isOn() || count > 0)
    mode.textContent = isOn() ? 'Done' : 'Select'
  }

  function clear(): void {
    for (const card of cards()) boxOf(card).checked = false
    mode.setAttribute('aria-pressed', 'false')
    last = null
    show()
  }

  /** Selects, or takes back, one photo; with `range` all from the last one on. */
  function toggle(card: HTMLElement, { range = false } = {}): void {
    const isChecked = boxOf(card).checked
    const all = cards()
    const [from, to] = [last ? all.indexOf(last) : -1, all.indexOf(card)]
    if (range && from >= 0) {
      for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1))
        boxOf(each).checked = isChecked
    }
    last = card
    show()
  }

  /**
   * Does something with each selected photo, some at once. What failed stays selected, to be tried again.
   * @returns the cards it was done with
   */
  async function run(work: (photo: PhotoJson) => Promise<void>, done: (count: number) => string) {
    const chosen = selected()
    progress.max = chosen.length
    progress.value = 0
    progress.hidden = false
    const { done: ready, failed } = await doSeveral(
      chosen,
      (card) => work(readCard(card)),
      (through) => {
        progress.value = through
        status.textContent = `${through} of ${chosen.length}`
      },
    )
    progress.hidden = true
    for (const card of ready) boxOf(card).checked = false
    show()
    const reason = failed[0]?.reason
    if (!failed.length) notify(done(ready.length))
    else if (!isSignedOut(reason)) {
      const part = ready.length ? `${done(ready.length)} ` : ''
      const rest = failed.length === 1 ? 'One photo failed and is' : `${failed.length} photos failed and are`
      notify(`${part}${rest} still selected: ${explain(reason)}`, { error: true })
    }
    if (!failed.length) clear()
    return ready
  }

  async function share(): Promise<void> {
    const photos = selected().map(readCard)
    await openShareDialog({
      title: photos.length === 1 ? 'Share this photo' : `Share ${countPhotos(photos.length)}`,
      bases: photos.map(({ id }) => `/api/photos/${id}`),
      people: 'shares',
    })
  }

  async function addToAlbum(): Promise<void> {
    const album = await chooseAlbum()
    if (!album) return
    await run(
      async ({ id }) => callApi('PUT', `/api/albums/${album.id}/photos/${id}`),
      (count) => `${countPhotos(count)} added to “${album.title}”.`,
    )
    ;(selected()[0] ? find(bar, '[data-add-selected]', HTMLElement) : mode).focus()
  }

  async function remove(): Promise<void> {
    const photos = selected().map(readCard)
    const yes = await askToDelete(userId, photos, addresses(), async () => true)
    if (!yes) return
    const gone = await run(
      ({ id }) => deletePhoto(id),
      (count) => `${countPhotos(count)} deleted.`,
    )
    dropCards(gone)
    show()
  }

  grid.addEventListener('click', (event) => {
    const { target } = event
    if (!(target instanceof Element)) return
    const card = target.closest<HTMLElement>('[data-photo]')
    if (!card) return
    if (target.matches('[data-select]')) return toggle(card, { range: event.shiftKey })
    if (!target.closest('[data-open]') || !grid.classList.contains('selecting')) return
    event.preventDefault() // the whole picture is the box now
    boxOf(card).checked = !boxOf(card).checked
    toggle(card, { range: event.shiftKey })
  })
  startLongPress(grid, (card) => {
    boxOf(card).checked = true
    toggle(card)
  })
  mode.addEventListener('click', () => {
    if (isOn()) return clear()
    mode.setAttribute('aria-pressed', 'true')
    show()
  })
  document.addEventListener('keydown', ({ key, target }) => {
    if (key !== 'Escape' || !grid.classList.contains('selecting') || document.querySelector('dialog[open]'))
      return
    if (target instanceof Element && target.closest('.selection')) mode.focus()
    clear()
  })
  bar.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    if (!button || !progress.hidden) return
    if (button.matches('[data-select-none]')) {
      clear()
      mode.focus()
    } else if (button.matches('[data-share-selected]')) void share()
    else if (button.matches('[data-add-selected]')) void addToAlbum()
    else if (button.matches('[data-delete-selected]')) void remove()
  })
  addEventListener('pageshow', show) // coming back, browsers restore what was checked
  show()
  return { show }
}

/** A finger that rests on a photo selects it; the click that follows does not open it. */
function startLongPress(grid: HTMLElement, onPress: (card: HTMLElement) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  grid.addEventListener('pointerdown', (event) => {
    const card =
      event.target instanceof Element &&
      event.target.closest('[data-open]')?.closest<HTMLElement>('[data-photo]')
    stop()
    if (event.pointerType === 'mouse' || !card || grid.classList.contains('selecting')) return
    timer = setTimeout(() => {
      onPress(card)
      const swallow = (click: Event) => {
        click.preventDefault()
        click.stopPropagation()
      }
      grid.addEventListener('click', swallow, { capture: true, once: true })
      // Where the platform sends no click after a long press, the next one is meant.
      addEventListener(
        'pointerup',
        () => setTimeout(() => grid.removeEventListener('click', swallow, true), 50),
        {
          once: true,
        },
      )
    }, LONG_PRESS)
  })
  for (const type of ['pointerup', 'pointercancel', 'pointermove']) {
    grid.addEventListener(type, (event) => {
      if (
        type === 'pointermove' &&
        event instanceof PointerEvent &&
        Math.hypot(event.movementX, event.movementY) < 4
      )
        return
      stop()
    })
  }
  grid.addEventListener('contextmenu', (event) => {
    if (grid.classList.contains('selecting')) event.preventDefault() // its menu would cover what was selected
  })
}
