import type { PhotoJson } from '../../photos/answers'
import { callApi, isGone, Refusal } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { startCopyButtons } from '../shared/copy.client'
import { confirmDelete } from '../shared/delete-dialog.client'
import { draw } from '../shared/draw.client'
import { find, whileBusy } from '../shared/elements.client'
import { fetchAnew, ownPictureUrl } from '../shared/public-picture.client'
import { explain } from '../shared/refusals.client'
import { markChanged } from '../shared/returns.client'
import { openShareDialog } from '../shared/share-dialog.client'
import type { ContactJson } from '../shared/sharing'
import { notify } from '../shared/toasts.client'
import { choosePlace } from '../shared/where-dialog.client'
import { Audience, type AudienceView } from './audience'
import { MakeActive } from './owner-panel'

/** What is said where the photo of this page is gone. */
const GONE = 'This photo was deleted elsewhere.'

/**
 * Makes all that an owner does with a photo work. Returns what shows whom they tagged.
 * @param options.onShared after they may have changed whom it is shared with
 */
export function startOwner(page: HTMLElement, first: AudienceView, { onShared }: { onShared: () => void }) {
  const userId = page.dataset.user ?? ''
  const back = find(page, '[data-back]', HTMLAnchorElement)
  let view = first
  startCopyButtons()

  function show(changes: Partial<AudienceView>): void {
    view = { ...view, ...changes }
    markChanged()
    find(page, '[data-audience]', HTMLElement).replaceWith(draw(<Audience {...view} />))
    const button = find(page, '[data-activate]', HTMLElement)
    const focused = button === document.activeElement
    const fresh = draw(<MakeActive photo={view.photo} several={view.addresses.length > 1} />)
    button.replaceWith(fresh)
    if (focused) fresh.focus()
  }

  /** So that no other page of ours shows what the public picture was. */
  async function refreshPublic(): Promise<void> {
    await fetchAnew(ownPictureUrl(`/${page.dataset.publicKey}`, view.photo.active ? view.photo.rating : 'g'))
  }

  function showActive(): void {
    const { photo, addresses } = view
    show({
      photo: { ...photo, active: true },
      addresses: addresses.map((each) => (each.follows ? { ...each, photoId: photo.id } : each)),
    })
    void refreshPublic()
    notify('This photo is your picture now. Others may hold the old one up to five minutes.')
  }

  async function activate(button: HTMLElement): Promise<void> {
    const { photo, addresses } = view
    if (addresses.length === 1) {
      return attempt(button, async () => {
        await callApi('PUT', '/api/me/active-photo', { photoId: photo.id }).catch(sayGone)
        showActive()
      })
    }
    const place = await choosePlace(userId, photo, addresses)
    if (place === 'gone') return notify(GONE, { error: true })
    if (!place) return
    if (place === 'everywhere') showActive()
    else {
      show({ addresses: addresses.map((each) => (each.hash === place.hash ? place : each)) })
      notify(`It is shown for that address now. Others may hold the old one up to five minutes.`)
    }
    find(page, '[data-activate]', HTMLElement).focus()
  }

  async function share(): Promise<void> {
    const base = `/api/photos/${view.photo.id}`
    const { people, links } = await openShareDialog({
      title: 'Share this photo',
      bases: [base],
      people: 'shares',
    })
    show({ ...(people && { people }), ...(links && { links }) })
    onShared() // whom it is not shared with any more is not tagged any more
  }

  async function remove(): Promise<void> {
    const { photo, addresses } = view
    if (!(await confirmDelete(userId, photo, addresses))) return
    if (photo.active) {
      view = { ...view, photo: { ...photo, active: false } }
      await refreshPublic()
    }
    location.replace(back.href)
  }

  page.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    if (!button) return
    if (button.matches('[data-share]')) void share()
    else if (button.matches('[data-delete]')) void remove()
    else if (button.matches('[data-activate][aria-disabled=false]')) void activate(button)
  })
  startWords(page, {
    read: () => view.photo,
    onChange: (photo) => {
      show({ photo })
      if (photo.active) void refreshPublic()
      const title = photo.altText || photo.fileName || 'Photo'
      find(page, '[data-title]', HTMLElement).textContent = title
      document.title = `${title} · Cameo`
      find(page, '.sharp', HTMLImageElement).alt = photo.altText || 'Photo without a description'
    },
  })
  return { showTagged: (tagged: ContactJson[]) => show({ tagged }) }
}

/** Description and rating. Only what was changed here is sent: the rest may have been changed in another tab. */
function startWords(
  page: HTMLElement,
  { read, onChange }: { read: () => PhotoJson; onChange: (photo: PhotoJson) => void },
): void {
  const form = find(page, '[data-words]', HTMLFormElement)
  const altText = find(form, '[name=altText]', HTMLTextAreaElement)
  const rating = find(form, '[name=rating]', HTMLSelectElement)
  const error = find(form, '[data-error]', HTMLElement)
  const submit = find(form, '[type=submit]', HTMLButtonElement)
  // As the page came, not as it is: somebody may have been quicker with the keys than this code was to load.
  let saved = { altText: altText.defaultValue, rating: read().rating as string }
  const changes = () => ({
    ...(altText.value !== saved.altText && { altText: altText.value }),
    ...(rating.value !== saved.rating && { rating: rating.value }),
  })

  addEventListener('beforeunload', (event) => {
    if (Object.keys(changes()).length) event.preventDefault()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void whileBusy(submit, async () => {
      error.textContent = ''
      try {
        const sent = changes()
        const photo = await callApi<PhotoJson>('PATCH', `/api/photos/${read().id}`, sent).catch(sayGone)
        saved = { ...saved, ...sent }
        onChange(photo)
        notify('Saved.')
      } catch (thrown) {
        error.textContent = explain(thrown)
      }
    })
  })
}

function sayGone(thrown: unknown): never {
  throw isGone(thrown) ? new Refusal('not_found', GONE) : thrown
}
