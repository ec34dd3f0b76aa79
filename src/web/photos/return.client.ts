import { isGone } from '../shared/api.client'
import type { ShownPhoto } from '../shared/tile-look'
import type { Grid } from './grid.client'
import type { Loading } from './loading.client'

/** Under which a tab keeps what the page showed when it was left. */
const KEY = 'gallery'

interface Left {
  user: string
  photos: ShownPhoto[]
  cursor: string | null
  /** The photo that was opened, or the first one in sight, and how far below the top of the window it was. */
  anchor: string
  top: number
}

interface Options {
  userId: string
  grid: Grid
  loading: Loading
  onTiles(tiles: HTMLElement[]): void
  /** Whether something of the list was changed on another page meanwhile. */
  isChanged: boolean
}

/**
 * Whoever comes back to the page finds it where it was left: what was loaded, the place, and the focus. A browser keeps
 * no page that says `no-store`, so the tab does.
 */
export async function startReturn(options: Options): Promise<void> {
  const { userId, grid, loading, onTiles, isChanged } = options
  let isOver = false
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', () => {
    isOver = true // what is kept after that would stay in the tab
  })
  addEventListener('pagehide', () => isOver || leave(userId, grid, loading))
  const left = read()
  sessionStorage.removeItem(KEY)
  if (!left || left.user !== userId || !isComingBack()) return
  history.scrollRestoration = 'manual'
  const newest = grid.photos().at(-1)
  const fits = newest && left.photos.some(({ id }) => id === newest.id)
  if (!isChanged && fits) {
    const from = left.photos.findIndex(({ id }) => id === newest.id)
    onTiles(grid.add(left.photos.slice(from + 1), { bare: true }))
    if (left.photos.length > from + 1) loading.moveTo(left.cursor)
  } else {
    while (!grid.tileOf(left.anchor) && loading.cursor() && grid.photos().length < left.photos.length) {
      await loading.load().catch((thrown) => {
        if (!isGone(thrown)) loading.moveTo(null)
      })
    }
  }
  const tile = grid.tileOf(left.anchor)
  if (!tile) return
  grid.show(tile)
  const settle = () => scrollBy({ top: tile.getBoundingClientRect().top - left.top, behavior: 'instant' })
  settle()
  tile.querySelector<HTMLElement>('[data-open]')?.focus({ preventScroll: true })
  // What is above gets its real height once it is near.
  requestAnimationFrame(() => requestAnimationFrame(settle))
}

function leave(user: string, grid: Grid, loading: Loading): void {
  history.scrollRestoration = 'auto'
  const opened = document.activeElement?.closest<HTMLElement>('[data-photo]')
  const tile = opened ?? grid.tiles().find((each) => each.getBoundingClientRect().bottom > 0)
  if (!tile) return
  const left: Left = {
    user,
    photos: grid.photos(),
    cursor: loading.cursor(),
    anchor: tile.dataset.photo ?? '',
    top: tile.getBoundingClientRect().top,
  }
  try {
    sessionStorage.setItem(KEY, JSON.stringify(left))
  } catch {
    // More than a tab may keep: then the page begins at its top.
  }
}

function read(): Left | null {
  return JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
}

function isComingBack(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return entry instanceof PerformanceNavigationTiming && entry.type === 'back_forward'
}
