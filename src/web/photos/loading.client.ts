import type { PhotoJson, PhotoList } from '../../photos/answers'
import { callApi, isSignedOut } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { find } from '../shared/elements.client'
import type { Grid } from './grid.client'

/** So many photos a call, the most that there are. */
const PAGE = 100

/** Tiles that are made between two frames: a phone draws smoothly meanwhile. */
const SLICE = 10

/** How far below the window the list goes on, in heights of the window: farther than a finger throws it. */
const AHEAD = '800%'

interface Options {
  page: HTMLElement
  grid: Grid
  /** Told of tiles that have come. */
  onTiles(tiles: HTMLElement[]): void
}

export interface Loading {
  /** Where the list goes on; null at its end. */
  cursor(): string | null
  /** Goes on there. */
  moveTo(cursor: string | null): void
  /** Shows the next page of the list. @throws Refusal */
  load(): Promise<void>
}

/** Goes on with the list as it is scrolled. Without this code, or where it fails, a link shows the next page. */
export function startLoading({ page, grid, onTiles }: Options): Loading {
  const more = find(page, '[data-more]', HTMLElement)
  const link = find(more, 'a', HTMLAnchorElement)
  let cursor = link.href ? new URL(link.href).searchParams.get('cursor') : null
  let isLoading = false

  function moveTo(next: string | null): void {
    cursor = next
    more.hidden = !next
    link.href = `/photos?cursor=${next ?? ''}`
  }

  async function load(): Promise<void> {
    if (!cursor || isLoading) return
    isLoading = true
    grid.element.ariaBusy = 'true'
    try {
      const list = await callApi<PhotoList>('GET', `/api/photos?order=taken&limit=${PAGE}&cursor=${cursor}`)
      await show(list.items)
      moveTo(list.nextCursor)
    } finally {
      isLoading = false
      grid.element.ariaBusy = null
    }
  }

  async function show(photos: PhotoJson[]): Promise<void> {
    for (let at = 0; at < photos.length; at += SLICE) {
      await nextFrame()
      onTiles(grid.add(photos.slice(at, at + SLICE), { bare: true }))
    }
  }

  // An observer tells of changes alone: where the end is still near after a page, it is to look again.
  const watcher = new IntersectionObserver(
    async (entries) => {
      if (!cursor || !entries.some(({ isIntersecting }) => isIntersecting)) return
      watcher.unobserve(more)
      more.classList.add('coming')
      const failed = await load().catch((thrown: unknown) => thrown)
      more.classList.toggle('coming', failed === undefined)
      if (failed === undefined) watcher.observe(more)
      else if (isSignedOut(failed))
        document.addEventListener('signed-in', () => watcher.observe(more), { once: true })
    },
    { rootMargin: `0% 0% ${AHEAD}` },
  )
  watcher.observe(more)

  link.addEventListener('click', (event) => {
    event.preventDefault()
    void attempt(link, async () => {
      const before = grid.tiles().length
      await load()
      watcher.observe(more)
      grid.tiles()[before]?.querySelector<HTMLElement>('[data-open]')?.focus()
    })
  })
  return { cursor: () => cursor, moveTo, load }
}

/** Before the next frame is drawn, with what else changes in it, or soon where nobody sees the page. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
