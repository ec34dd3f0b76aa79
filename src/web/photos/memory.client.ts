import type { Grid } from './grid.client'

/** Tiles that come and go together. */
const BLOCK = 20

/** How far from the window tiles are full, in heights of the window. */
const NEAR = '600%'

/** Milliseconds of a frame that may go into it. */
const SHARE = 4

interface Block {
  tiles: HTMLElement[]
  isNear: boolean
  before: Block | undefined
  after: Block | undefined
}

/**
 * Fills the tiles that are near and empties those that are far away, so that a long list takes little more memory, and
 * time for each frame, than a short one. Pictures come again from what the browser keeps.
 * @returns what is to be told of new tiles, in their order
 */
export function startMemory(grid: Grid): (tiles: HTMLElement[]) => void {
  const blocks = new Map<Element, Block>()
  const blockOf = new WeakMap<Element, Block>()
  /** Tiles to look at, a few in each frame. */
  const due = new Set<HTMLElement>()
  let isDue = false
  let last: Block | undefined

  const watcher = new IntersectionObserver(
    (entries) => {
      const moved = new Set<Block>()
      for (const { target, isIntersecting } of entries) {
        const block = blocks.get(target)
        if (!block) continue
        block.isNear = isIntersecting
        for (const each of [block.before, block, block.after]) if (each) moved.add(each)
      }
      for (const block of moved) for (const tile of block.tiles) due.add(tile)
      start()
    },
    { rootMargin: `${NEAR} 0%` },
  )

  function start(): void {
    if (isDue || due.size === 0) return
    isDue = true
    requestAnimationFrame(() => {
      isDue = false
      const end = performance.now() + SHARE
      for (const tile of due) {
        due.delete(tile)
        const block = blockOf.get(tile)
        if (tile.isConnected && block) hold(grid, tile, isAround(block))
        if (performance.now() > end) break
      }
      start()
    })
  }

  return (tiles) => {
    for (const tile of tiles) {
      if (last && last.tiles.length < BLOCK) {
        last.tiles.push(tile)
        blockOf.set(tile, last)
        if (isAround(last)) due.add(tile)
        continue
      }
      const block: Block = { tiles: [tile], isNear: false, before: last, after: undefined }
      if (last) last.after = block
      last = block
      blocks.set(tile, block)
      blockOf.set(tile, block)
      watcher.observe(tile)
    }
    start()
  }
}

/** Whether a block is near, or one beside it: nobody is to see the edge. */
function isAround(block: Block): boolean {
  return [block.before, block, block.after].some((each) => each?.isNear)
}

/** The tile that the Tab key leads to stays. */
function hold(grid: Grid, tile: HTMLElement, isNear: boolean): void {
  if (isNear) grid.show(tile)
  else if (!tile.querySelector('[tabindex="0"]')) grid.clear(tile)
}
