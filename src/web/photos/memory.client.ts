import type { Grid } from './grid.client'

/** Tiles that come and go together. */
const BLOCK = 20

/** How far from the window tiles are full, in heights of the window. */
const NEAR = '600%'

interface Block {
  tiles: HTMLElement[]
  isNear: boolean
  before: Block | undefined
  after: Block | undefined
}

/**
 * Fills the tiles that are near and empties those that are far away, so that a long list takes little more memory, and
 * time for each frame, than a short one. Pictures come again from what the browser keeps. @returns what is to be told of new tiles, in their order
 */
export function startMemory(grid: Grid): (tiles: HTMLElement[]) => void {
  const blocks = new Map<Element, Block>()
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
      for (const block of moved) {
        const isNear = isAround(block)
        for (const tile of block.tiles) if (tile.isConnected) hold(grid, tile, isNear)
      }
    },
    { rootMargin: `${NEAR} 0%` },
  )

  return (tiles) => {
    for (const tile of tiles) {
      if (last && last.tiles.length < BLOCK) {
        last.tiles.push(tile)
        if (isAround(last)) grid.show(tile)
        continue
      }
      const block: Block = { tiles: [tile], isNear: false, before: last, after: undefined }
      if (last) last.after = block
      last = block
      blocks.set(tile, block)
      watcher.observe(tile)
    }
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
