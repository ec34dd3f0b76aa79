import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/photo'
import type { PhotoJson } from '../../photos/answers'
import { callApi } from '../shared/api.client'
import type { CropCall } from '../shared/crop/crop-call.client'
import { find } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { findShownFor } from '../shared/shown-for'
import { notify } from '../shared/toasts.client'
import { undoable } from '../shared/undo.client'
import { choosePlace } from '../shared/where-dialog.client'
import type { AudienceView } from './audience'
import type { Frame } from './frames'
import { sayGone } from './words.client'

interface Picture {
  read: () => AudienceView
  faces: () => Frame[]
  onChange: (changes: Partial<AudienceView>) => void
}

/** How a photo becomes the owner's picture: it is framed, described, and shown. */
export function startPicture(page: HTMLElement, { read, faces, onChange }: Picture) {
  const userId = page.dataset.user ?? ''
  /** The account's picture, as of now. */
  let shown = page.dataset.active || null
  let isOpen = false

  const isShown = () => read().photo.active || findShownFor(read().photo, read().addresses).length > 0
  const focus = (selector: string) => page.querySelector<HTMLElement>(selector)?.focus()

  /** Opens the dialog, which is loaded for it. The URL says so, so that a reload opens it again. */
  async function openFrame(finish: (photo: PhotoJson) => Promise<void>): Promise<PhotoJson | null> {
    if (isOpen) return null
    isOpen = true
    try {
      const { openCrop }: { openCrop: CropCall } = await import(page.dataset.crop ?? '')
      setFraming(true)
      const sharp = find(page, '[data-slide] .sharp', HTMLImageElement)
      return await openCrop({
        ...{ userId, finish },
        photo: read().photo,
        isShown: isShown(),
        preview: sharp.currentSrc || sharp.src,
        faces: faces(),
        maxBytes: Number(page.dataset.maxBytes),
      })
    } catch (thrown) {
      notify(explain(thrown), { error: true })
      return null
    } finally {
      isOpen = false
      setFraming(false)
    }
  }

  function setFraming(isFraming: boolean): void {
    const url = new URL(location.href)
    if (isFraming) url.searchParams.set('frame', '')
    else url.searchParams.delete('frame')
    history.replaceState(history.state, '', url)
  }

  /** Frames what is shown already. */
  async function frame(): Promise<void> {
    const photo = await openFrame(async () => {})
    if (photo) {
      onChange({ photo })
      notify(t().framed)
    }
    focus('[data-frame]')
  }

  async function use(): Promise<void> {
    if (read().addresses.length > 1) return useSomewhere()
    if (isShown()) return frame()
    const before = shown
    const photo = await openFrame(async ({ id }) => {
      await callApi('PUT', '/api/me/active-photo', { photoId: id }).catch(sayGone)
    })
    if (photo) becomes(photo, before)
    focus('[data-picture-actions] button')
  }

  /** Asks where, of a person with several addresses. It is framed first, unless it is shown somewhere already. */
  async function useSomewhere(): Promise<void> {
    if (!isShown()) {
      const framed = await openFrame(async () => {})
      if (!framed) return focus('[data-activate]')
      onChange({ photo: framed })
    }
    const { photo, addresses } = read()
    const place = await choosePlace(userId, photo, addresses)
    if (place === 'gone') notify(t().gone, { error: true })
    else if (place === 'everywhere') becomes(photo, shown)
    else if (place) {
      const old = addresses.find(({ hash }) => hash === place.hash)
      const changes = old?.follows ? { follows: true } : { photoId: old?.photoId ?? null }
      showAddress(place)
      undoable({
        text: t().isForAddress,
        revert: async () => {
          showAddress(await callApi<AddressJson>('PATCH', `/api/addresses/${place.hash}`, changes))
          focus('[data-activate]')
        },
      })
    }
    focus('[data-activate]')
  }

  /** It is the account's picture now, which can be undone. @param before what was, null for none */
  function becomes(photo: PhotoJson, before: string | null): void {
    showEverywhere(photo)
    undoable({
      text: t().isYours,
      revert: async () => {
        await callApi('PUT', '/api/me/active-photo', { photoId: before })
        showEverywhere(read().photo, before)
        focus('[data-activate]')
      },
    })
  }

  function showAddress(fresh: AddressJson): void {
    onChange({ addresses: read().addresses.map((each) => (each.hash === fresh.hash ? fresh : each)) })
  }

  function showEverywhere(photo: PhotoJson, photoId: string | null = photo.id): void {
    shown = photoId
    onChange({
      photo: { ...photo, active: photoId === photo.id },
      addresses: read().addresses.map((each) => (each.follows ? { ...each, photoId } : each)),
    })
  }

  /** As a link to this page says: a photo that is shown is framed, another one becomes the picture. */
  const open = () => (isShown() ? frame() : use())

  return { frame, use, open }
}
