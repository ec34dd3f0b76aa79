import { t } from '../../lang/albums'
import { t as shared } from '../../lang/shared'
import type { PhotoJson, SeenPhotoJson } from '../../photos/answers'
import { callApi, isGone } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { startCopyButtons } from '../shared/copy.client'
import { ask } from '../shared/dialogs.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { takeOverTiles } from '../shared/handover.client'
import { pickPhotos } from '../shared/pick.client'
import { watchPictures } from '../shared/pictures.client'
import { watchReturns } from '../shared/returns.client'
import { watchSession } from '../shared/session.client'
import { openShareDialog } from '../shared/share-dialog.client'
import type { AlbumJson, KnownMember } from '../shared/sharing'
import { askTitle } from '../shared/title-dialog.client'
import { notify } from '../shared/toasts.client'
import { watchUploaded } from '../shared/uploads/uploaded.client'
import { countPhotos } from '../shared/words'
import { Members, type MembersView } from './members'
import { AlbumTile } from './tile'

const page = find(document, '[data-album-page]', HTMLElement)
const tiles = find(page, '[data-tiles]', HTMLElement)
const empty = find(page, '[data-empty]', HTMLElement)
const title = find(page, '[data-title]', HTMLElement)
const userId = page.dataset.user ?? ''
const me: { hash: string; name: string } = JSON.parse(page.dataset.me ?? '{}')
let view: MembersView = JSON.parse(page.dataset.view ?? '{}')
const base = `/api/albums/${view.album.id}`

watchSession()
watchPictures()
watchReturns()
takeOverTiles(tiles)
if (view.album.role === 'owner') startCopyButtons()
watchUploaded(({ photo, albumId }) => albumId === view.album.id && addTile(photo))

page.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null
  const tile = button?.closest<HTMLElement>('[data-tile]')
  if (!button) return
  if (tile && button.matches('[data-take-out]')) void takeOut(button, tile)
  else if (tile && button.matches('[data-cover]')) void setCover(button, tile)
  else if (button.matches('[data-pick]')) void pick()
  else if (button.matches('[data-share]')) void share()
  else if (button.matches('[data-rename]')) void rename()
  else if (button.matches('[data-end]')) void end()
})

const tileOf = (photoId: string) => tiles.querySelector<HTMLElement>(`[data-tile="${CSS.escape(photoId)}"]`)

function show(changes: Partial<MembersView>): void {
  view = { ...view, ...changes }
  find(page, '[data-members]', HTMLElement).replaceWith(draw(<Members {...view} />))
  empty.hidden = tiles.childElementCount > 0
}

function showCount(difference: number): void {
  show({ album: { ...view.album, photoCount: Math.max(0, view.album.photoCount + difference) } })
}

/** @throws Refusal */
async function add(photo: PhotoJson): Promise<void> {
  await callApi('PUT', `${base}/photos/${photo.id}`)
  addTile(photo)
}

/** Shows a photo of one's own that is in the album now. */
function addTile(photo: PhotoJson): void {
  if (tileOf(photo.id)) return
  const { id, altText, createdAt, width, height, standIn, pictures } = photo
  const seen: SeenPhotoJson = {
    ...{ id, userId, altText, createdAt, standIn, pictures, width: width ?? 1, height: height ?? 1 },
    owner: me,
  }
  const fresh = draw(<AlbumTile userId={userId} album={view.album} photo={seen} />)
  const older = [...tiles.children].find(
    (tile) => tile instanceof HTMLElement && Number(tile.dataset.createdAt ?? 0) < createdAt,
  )
  tiles.insertBefore(fresh, older ?? null)
  showCount(1)
}

async function pick(): Promise<void> {
  const isThere = (photoId: string) => tileOf(photoId) !== null
  const count = await pickPhotos({ userId, isThere, add })
  if (count) notify(t().added(countPhotos(count)))
}

async function takeOut(button: HTMLElement, tile: HTMLElement): Promise<void> {
  await attempt(button, async () => {
    await callApi('DELETE', `${base}/photos/${tile.dataset.tile}`).catch((thrown) => {
      if (!isGone(thrown)) throw thrown // taken out elsewhere: as wanted
    })
    const next = tile.nextElementSibling ?? tile.previousElementSibling
    tile.remove()
    if (view.album.coverPhotoId === tile.dataset.tile) view.album.coverPhotoId = null
    showCount(-1)
    const at = next?.querySelector<HTMLElement>('[data-take-out]') ?? next?.querySelector('a') ?? title
    at.focus()
    notify(t().out)
  })
}

async function setCover(button: HTMLElement, tile: HTMLElement): Promise<void> {
  const isCover = button.getAttribute('aria-pressed') === 'true'
  await attempt(button, async () => {
    const coverPhotoId = isCover ? null : (tile.dataset.tile ?? null)
    await callApi<AlbumJson>('PATCH', base, { coverPhotoId })
    view.album.coverPhotoId = coverPhotoId
    for (const each of tiles.querySelectorAll('[data-cover]')) {
      each.setAttribute('aria-pressed', String(each === button && !isCover))
    }
    notify(isCover ? t().newestIsCover : t().thisIsCover)
  })
}

async function share(): Promise<void> {
  const { people, links } = await openShareDialog({
    title: t().share(view.album.title),
    bases: [base],
    people: 'members',
  })
  show({ ...(people && { members: people as KnownMember[] }), ...(links && { links }) })
}

async function rename(): Promise<void> {
  const save = (title: string) => callApi<AlbumJson>('PATCH', base, { title })
  const album = await askTitle(page, { title: view.album.title, save })
  if (!album) return
  view.album.title = album.title
  title.textContent = album.title
  document.title = `${album.title} · Cameo`
  notify(shared().saved)
}

/** Deletes the album, or leaves it by each address that one is in it by. */
async function end(): Promise<void> {
  const dialog = find(page, '[data-end-dialog]', HTMLDialogElement)
  const isOwner = view.album.role === 'owner'
  const mine = view.members.flatMap(({ hash }) => hash ?? [])
  const paths = isOwner ? [base] : mine.map((hash) => `${base}/members/${hash}`)
  const done = await ask(dialog, 'end', async () => {
    for (const path of paths) {
      await callApi('DELETE', path).catch((thrown) => {
        if (!isGone(thrown)) throw thrown
      })
    }
    return true
  })
  if (done) location.replace('/albums')
}
