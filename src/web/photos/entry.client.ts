import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/photos'
import type { PhotoJson } from '../../photos/answers'
import { startCopyButtons } from '../shared/copy.client'
import { resumeDeletions } from '../shared/deletions.client'
import { find } from '../shared/elements.client'
import { takeOver } from '../shared/handover.client'
import { watchPictures } from '../shared/pictures.client'
import { isChanged, watchReturns } from '../shared/returns.client'
import { watchSession } from '../shared/session.client'
import { notify } from '../shared/toasts.client'
import { watchUploaded } from '../shared/uploads/uploaded.client'
import { startActions } from './actions.client'
import { startActive } from './active.client'
import { startGrid } from './grid.client'
import { startImports } from './imports.client'
import { startKeyboard } from './keyboard.client'
import { startLoading } from './loading.client'
import { startMemory } from './memory.client'
import { startEmbed } from './own-picture.client'
import { startReturn } from './return.client'
import { startSelection } from './selection.client'
import { frameHref, stageOf } from './stages'

const page = find(document, '.photos-page', HTMLElement)
const userId = page.dataset.user ?? ''
const maxBytes = Number(page.dataset.maxBytes)
const addresses: AddressJson[] = JSON.parse(page.dataset.addresses ?? '')

watchSession()
watchPictures()
const changed = isChanged()
watchReturns()
startCopyButtons()
startEmbed()

const grid = startGrid({ page, userId, addresses: () => active.addresses() })
const active = startActive({
  page,
  userId,
  grid,
  addresses,
  activeId: page.dataset.active ?? null,
  onChange: showStage,
  onGone: (photoId) => {
    const tile = grid.tileOf(photoId)
    drop([photoId], tile ? keyboard.leave([tile]) : undefined)
    active.forget([photoId])
    notify(t().goneElsewhere, { error: true })
  },
})
const remember = startMemory(grid)
const loading = startLoading({ page, grid, onTiles: takeIn })
const selection = startSelection({ page, grid, isWhole: () => loading.cursor() === null })
const keyboard = startKeyboard({ page, grid, selection, remove: (tiles) => remove(tiles) })
const remove = startActions({
  page,
  grid,
  selection,
  use: active.use,
  isShown: (photoId) => active.shows(photoId),
  onTiles: takeIn,
  onLeave: keyboard.leave,
  focus: keyboard.focus,
  onChange: showStage,
  onDeleted: active.forget,
})

drop([...resumeDeletions(), ...takeOver({ done: active.forget })])
remember(grid.tiles())
keyboard.onTiles(grid.tiles())
watchUploaded(({ photo }) => addPhoto(photo))
startImports(find(page, '[data-imports]', HTMLElement), { maxBytes, onDone: addPhoto })
void startReturn({ userId, grid, loading, onTiles: takeIn, isChanged: changed })

find(page, '[data-show-none]', HTMLButtonElement).addEventListener('click', ({ currentTarget }) => {
  void active.showNone(currentTarget as HTMLElement)
})

find(page, '[data-use-newest]', HTMLButtonElement).addEventListener('click', ({ currentTarget }) => {
  const [newest] = grid.photos()
  if (newest) void active.useWhole(currentTarget as HTMLElement, newest).then(goOnToUse)
})

// Here and not on the photo's own page, so that the URL to copy is what comes next.
find(page, '[data-frame]', HTMLAnchorElement).addEventListener('click', (event) => {
  const [newest] = grid.photos()
  if (!newest || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  void active.use(event.currentTarget as HTMLElement, newest).then(goOnToUse)
})

/** Leads from the second step, which is gone, to the third. */
function goOnToUse(): void {
  if (active.isShown()) find(page, '[data-copy]', HTMLButtonElement).focus()
}

function takeIn(tiles: HTMLElement[]): void {
  remember(tiles)
  keyboard.onTiles(tiles)
  if (selection.isOn()) selection.show()
}

/** Shows a photo that has just come in. Says whether it was not on the page yet. */
function addPhoto(photo: PhotoJson): boolean {
  const tiles = grid.add([photo])
  takeIn(tiles)
  showStage()
  return tiles.length > 0
}

function drop(photoIds: string[], after?: () => void): void {
  grid.remove(photoIds)
  selection.clear()
  showStage()
  after?.()
}

/** Shows the steps that somebody new is at, or the page of every day. */
function showStage(): void {
  const photos = grid.photos()
  const steps = find(page, '[data-steps]', HTMLElement)
  const stage = stageOf({ photos: photos.length, isShown: active.isShown() })
  if (steps.dataset.stage !== stage) {
    steps.dataset.stage = stage
    find(steps, '[data-imports]', HTMLDetailsElement).open = stage !== 'set'
  }
  const frame = find(page, '[data-frame]', HTMLAnchorElement)
  for (const way of [frame, find(page, '[data-use-newest]', HTMLElement)]) way.hidden = photos.length === 0
  if (photos[0]) frame.href = frameHref(photos[0].id)
  find(page, '[data-gallery]', HTMLElement).hidden = photos.length === 0
}
