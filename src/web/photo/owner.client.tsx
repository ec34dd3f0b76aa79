import { t } from '../../lang/photo'
import type { PhotoJson } from '../../photos/answers'
import { startCopyButtons } from '../shared/copy.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { handOver } from '../shared/handover.client'
import { fetchAnew, ownPictureUrl, refreshOwnFace } from '../shared/public-picture.client'
import { markChanged } from '../shared/returns.client'
import { openShareDialog } from '../shared/share-dialog.client'
import type { ContactJson } from '../shared/sharing'
import { findShownFor } from '../shared/shown-for'
import { Audience, type AudienceView } from './audience'
import type { Frame } from './frames'
import { PictureActions } from './owner-panel'
import { startPicture } from './picture.client'
import { startWords } from './words.client'

interface Owner {
  /** Faces that may be the owner's, the likeliest alone. */
  faces: () => Frame[]
  /** After they may have changed whom it is shared with. */
  onShared: () => void
}

/** Makes all that an owner does with a photo work. Returns what shows whom they tagged. */
export function startOwner(page: HTMLElement, first: AudienceView, { faces, onShared }: Owner) {
  let view = first
  startCopyButtons()

  function show(changes: Partial<AudienceView>): void {
    view = { ...view, ...changes }
    markChanged()
    find(page, '[data-audience]', HTMLElement).replaceWith(draw(<Audience {...view} />))
    const old = find(page, '[data-picture-actions]', HTMLElement)
    const isFocused = old.contains(document.activeElement)
    const fresh = draw(<PictureActions photo={view.photo} addresses={view.addresses} />)
    old.replaceWith(fresh)
    if (isFocused) find(fresh, 'button', HTMLElement).focus()
  }

  /** So that no other page of ours shows what the public picture was. */
  async function refreshPublic(): Promise<void> {
    const key = page.dataset.publicKey ?? ''
    await Promise.all([
      fetchAnew(ownPictureUrl(`/${key}`, view.photo.active ? view.photo.rating : 'g')),
      refreshOwnFace(key),
    ])
  }

  function showWords(photo: PhotoJson): void {
    show({ photo })
    const title = photo.altText || photo.fileName || t().photo
    find(page, '[data-title]', HTMLElement).textContent = title
    document.title = `${title} · Cameo`
    find(page, '[data-slide] .sharp', HTMLImageElement).alt = photo.altText || t().undescribed
  }

  async function share(): Promise<void> {
    const base = `/api/photos/${view.photo.id}`
    const { people, links } = await openShareDialog({
      title: t().shareThis,
      bases: [base],
      people: 'shares',
    })
    show({ ...(people && { people }), ...(links && { links }) })
    onShared() // whom it is not shared with any more is not tagged any more
  }

  /** The next page deletes it, once nobody has wanted it back. */
  function remove(): void {
    const { photo, addresses } = view
    const shown = photo.active || findShownFor(photo, addresses).length > 0
    handOver({ id: photo.id, href: location.href, shown })
    words.drop()
    const way = (kind: string) => page.querySelector<HTMLAnchorElement>(`[data-way=${kind}]:not([hidden])`)
    const on = way('next') ?? way('previous')
    if (on) location.replace(on.href)
    else find(page, '[data-back]', HTMLAnchorElement).click()
  }

  const words = startWords(page, {
    read: () => view.photo,
    onChange: (photo) => {
      showWords(photo)
      if (photo.active) void refreshPublic()
    },
  })
  const picture = startPicture(page, {
    read: () => view,
    faces,
    onChange: (changes) => {
      const { photo } = changes
      if (photo) {
        words.take(photo)
        showWords(photo)
      }
      show(changes)
      void refreshPublic()
    },
  })
  page.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    if (!button) return
    if (button.matches('[data-share]')) void share()
    else if (button.matches('[data-delete]')) remove()
    else if (button.matches('[data-frame]')) void picture.frame()
    else if (button.matches('[data-activate]')) void picture.use()
  })
  if (new URLSearchParams(location.search).has('frame')) void picture.open()
  return { showTagged: (tagged: ContactJson[]) => show({ tagged }) }
}
