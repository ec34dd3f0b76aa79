import { t } from '../../lang/photos'
import { callApi, isSignedOut } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { deleteWithUndo } from '../shared/deletions.client'
import { find } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { doSeveral } from '../shared/several.client'
import type { ShownPhoto } from '../shared/tile-look'
import { notify } from '../shared/toasts.client'
import { countPhotos } from '../shared/words'
import { loadChoices } from './choices.client'
import type { Grid } from './grid.client'
import type { Selection } from './selection.client'

/** The most photos of one ZIP: their ids must fit into its address. */
const ZIP_MOST = 100

interface Options {
  page: HTMLElement
  grid: Grid
  selection: Selection
  /** Makes a photo the picture. Resolves with whether that was done. */
  use(button: HTMLElement, photo: ShownPhoto): Promise<boolean>
  isShown(photoId: string): boolean
  /** Told of tiles that are back. */
  onTiles(tiles: HTMLElement[]): void
  /** Told before tiles go. @returns told after */
  onLeave(tiles: HTMLElement[]): () => void
  focus(tile: HTMLElement | undefined): void
  /** Told that photos are off the page, or are back. */
  onChange(): void
  /** Told that photos are deleted for good. */
  onDeleted(photoIds: string[]): void
}

/** What the bar offers for the photos that are selected. @returns how photos are deleted */
export function startActions(options: Options): (tiles: HTMLElement[]) => void {
  const { page, grid, selection, use, isShown, onTiles, onLeave, focus, onChange, onDeleted } = options
  const bar = find(page, '[data-selection]', HTMLElement)
  const progress = find(bar, '[data-selection-progress]', HTMLProgressElement)
  const selected = () => selection.tiles().map(grid.photoOf)

  /** Takes photos off the page and deletes them unless that is undone. */
  function remove(tiles: HTMLElement[]): void {
    if (tiles.length === 0) return
    const photos = tiles.map(grid.photoOf)
    const ids = photos.map(({ id }) => id)
    const go = onLeave(tiles)
    grid.remove(ids)
    selection.clear()
    onChange()
    go()
    deleteWithUndo({
      ids,
      shown: ids.some(isShown),
      restore: (some) => {
        const back = photos.filter(({ id }) => some.includes(id))
        onTiles(grid.add(back))
        selection.show()
        onChange()
        focus(grid.tileOf(back[0]?.id ?? ''))
      },
      done: onDeleted,
    })
  }

  /** Does something with each selected photo, some at once. What failed stays selected, to be tried again. */
  async function run(work: (photo: ShownPhoto) => Promise<void>, done: (count: number) => string) {
    const chosen = selection.tiles()
    progress.max = chosen.length
    progress.value = 0
    progress.hidden = false
    const { done: ready, failed } = await doSeveral(
      chosen,
      (tile) => work(grid.photoOf(tile)),
      (through) => {
        progress.value = through
        selection.say(t().selection.through(through, chosen.length))
      },
    )
    progress.hidden = true
    for (const tile of ready) selection.select(tile, false)
    selection.show()
    const reason = failed[0]?.reason
    if (!failed.length) {
      notify(done(ready.length))
      selection.clear()
    } else if (!isSignedOut(reason)) {
      const left = t().selection.left(failed.length, explain(reason))
      notify(ready.length ? `${done(ready.length)} ${left}` : left, { error: true })
    }
    focus(chosen[0])
  }

  async function share(photos: ShownPhoto[]): Promise<void> {
    const { openShareDialog } = await loadChoices(page)
    await openShareDialog({
      title:
        photos.length === 1 ? t().selection.shareOne : t().selection.shareSome(countPhotos(photos.length)),
      bases: photos.map(({ id }) => `/api/photos/${id}`),
      people: 'shares',
    })
  }

  async function addToAlbum(): Promise<void> {
    const { chooseAlbum } = await loadChoices(page)
    const album = await chooseAlbum()
    if (!album) return
    await run(
      async ({ id }) => callApi('PUT', `/api/albums/${album.id}/photos/${id}`),
      (count) => t().selection.added(countPhotos(count), album.title),
    )
  }

  function download(photos: ShownPhoto[]): void {
    if (photos.length > ZIP_MOST) {
      notify(t().selection.zipTooMany(ZIP_MOST), { error: true })
      return
    }
    const link = document.createElement('a')
    link.href = `/api/photos/zip?ids=${photos.map(({ id }) => id).join()}`
    link.download = ''
    link.click()
  }

  bar.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    if (!button || !progress.hidden) return
    const photos = selected()
    if (button.matches('[data-select-none]')) {
      const [first] = selection.tiles()
      selection.clear()
      return focus(first)
    }
    switch (button.dataset.tool) {
      case 'use':
        if (photos[0]) void use(button, photos[0]).then((isDone) => isDone && finish(photos[0]))
        break
      case 'share':
        void attempt(button, () => share(photos))
        break
      case 'add':
        void attempt(button, addToAlbum)
        break
      case 'zip':
        download(photos)
        break
      case 'delete':
        remove(selection.tiles())
    }
  })

  function finish(photo: ShownPhoto | undefined): void {
    const tile = grid.tileOf(photo?.id ?? '')
    if (!tile) return
    selection.clear()
    focus(tile)
  }
  return remove
}
