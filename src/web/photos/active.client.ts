import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/photos'
import { showEmail } from '../../lib/email'
import { callApi, isGone } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { find } from '../shared/elements.client'
import { type ShownPhoto, toShown } from '../shared/tile-look'
import { notify } from '../shared/toasts.client'
import { undoable } from '../shared/undo.client'
import { rawPath } from '../shared/urls'
import { loadChoices } from './choices.client'
import { framePhoto } from './framing.client'
import type { Grid } from './grid.client'
import { showActive, showReach } from './own-picture.client'

interface Options {
  page: HTMLElement
  userId: string
  grid: Grid
  /** The primary one first. */
  addresses: AddressJson[]
  activeId: string | null
  /** Told that a photo was deleted elsewhere. */
  onGone(photoId: string): void
  /** Told that another photo shows, or none. */
  onChange(): void
}

/** Which photo shows where, and the ways to change it. */
export function startActive({ page, userId, grid, onGone, onChange, ...start }: Options) {
  let { addresses, activeId } = start

  const showPanel = () => {
    showActive(grid.photos().find(({ id }) => id === activeId) ?? null)
    showReach(addresses)
    onChange()
  }

  /** Says in the panel, which stays, what a toast says in passing. */
  function explainAge(): void {
    find(document, '[data-check-state]', HTMLElement).textContent = t().own.age
  }

  /** Shows that the account's picture is another one, or none. */
  function showEverywhere(photoId: string | null): void {
    addresses = addresses.map((address) => (address.follows ? { ...address, photoId } : address))
    const before = activeId
    activeId = photoId
    for (const photo of grid.photos()) {
      const active = photo.id === photoId
      if (photo.active !== active || [before, photoId].includes(photo.id)) grid.update({ ...photo, active })
    }
    showPanel()
  }

  function showAddress(fresh: AddressJson): void {
    addresses = addresses.map((address) => (address.hash === fresh.hash ? fresh : address))
    for (const photo of grid.photos()) grid.update(photo)
    showPanel()
  }

  async function write(photoId: string | null): Promise<void> {
    await callApi('PUT', '/api/me/active-photo', { photoId })
    showEverywhere(photoId)
    explainAge()
  }

  /** Makes a photo as it is the one that shows, or none, with eight seconds to undo it. */
  function show(button: HTMLElement, photoId: string | null): Promise<void> {
    return attempt(button, async () => {
      const before = activeId
      try {
        await write(photoId)
      } catch (thrown) {
        if (photoId && isGone(thrown)) return onGone(photoId)
        throw thrown
      }
      undoable({ text: photoId ? t().now.photo : t().now.none, revert: () => write(before) })
    })
  }

  /** Whether others see this photo somewhere. */
  const shows = (id: string) => activeId === id || addresses.some(({ photoId }) => photoId === id)

  /** Frames a photo, asks for its description, and makes it the picture. Resolves with whether that was done. */
  async function use(button: HTMLElement, photo: ShownPhoto): Promise<boolean> {
    let isDone = false
    await attempt(button, async () => {
      isDone = addresses.length > 1 ? await useSomewhere(photo) : await useAlone(photo)
    })
    return isDone
  }

  async function useAlone(photo: ShownPhoto): Promise<boolean> {
    const before = activeId
    const isShown = before === photo.id
    const activate = () => callApi('PUT', '/api/me/active-photo', { photoId: photo.id })
    if (!(await frame(photo, { isShown, finish: isShown ? async () => {} : activate }))) return false
    showEverywhere(photo.id)
    explainAge()
    if (isShown) notify(t().now.framed)
    else undoable({ text: t().now.photo, revert: () => write(before) })
    return true
  }

  /** What shows somewhere already has its frame. */
  async function useSomewhere(photo: ShownPhoto): Promise<boolean> {
    const isFramed = shows(photo.id) || (await frame(photo, { isShown: false, finish: async () => {} }))
    return isFramed ? choose(photo) : false
  }

  /** Resolves with whether it was framed: it may be left, or be gone. */
  async function frame(photo: ShownPhoto, how: { isShown: boolean; finish: () => Promise<void> }) {
    const image = grid.tileOf(photo.id)?.querySelector('img')
    const preview = image?.currentSrc || rawPath(userId, photo.id, 320)
    const framed = await framePhoto(page, { photoId: photo.id, preview, ...how }).catch((thrown) => {
      if (!isGone(thrown)) throw thrown
      onGone(photo.id)
      return null
    })
    if (framed) grid.update({ ...toShown(framed), active: activeId === photo.id })
    return framed !== null
  }

  /** Asks where a photo is to show, of a person with more than one address. */
  async function choose(photo: ShownPhoto): Promise<boolean> {
    const [before, former] = [activeId, addresses]
    const { choosePlace } = await loadChoices(page)
    const place = await choosePlace(userId, photo, addresses)
    if (place === 'gone') onGone(photo.id)
    else if (place === 'everywhere') {
      showEverywhere(photo.id)
      explainAge()
      undoable({ text: t().now.photo, revert: () => write(before) })
    } else if (place) {
      showAddress(place)
      const old = former.find(({ hash }) => hash === place.hash)
      const changes = old?.follows ? { follows: true } : { photoId: old?.photoId ?? null }
      undoable({
        text: t().now.address(showEmail(place.email)),
        revert: async () => showAddress(await callApi('PATCH', `/api/addresses/${place.hash}`, changes)),
      })
    }
    return place !== null
  }

  return {
    addresses: () => addresses,
    isShown: () => activeId !== null || addresses.some(({ photoId }) => photoId !== null),
    shows,
    showNone: (button: HTMLElement) => show(button, null),
    use,
    /** Makes a photo the picture without a frame. */
    useWhole: (button: HTMLElement, photo: ShownPhoto) =>
      addresses.length > 1 ? attempt(button, async () => void (await choose(photo))) : show(button, photo.id),
    /** Shows that photos which may have been seen are deleted. */
    forget: (photoIds: string[]) => {
      if (!photoIds.some((id) => id === activeId || addresses.some(({ photoId }) => photoId === id))) return
      const keep = (id: string | null) => (id && photoIds.includes(id) ? null : id)
      addresses = addresses.map((address) => ({ ...address, photoId: keep(address.photoId) }))
      activeId = keep(activeId)
      showPanel()
    },
  }
}
