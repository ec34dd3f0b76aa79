import type { Grid } from './grid.client'

/** Tiles that come and go together. */
const BLOCK = 20

/** How far from the window tiles are full, in heights of the window. */
const NEAR = '600%'

/** Milliseconds of a frame that may go into it. */
const SHARE = 4

/** Tiles of a frame at most: a browser takes several times as long to style one as this code to make it. */
const FEW = 3

interface Block {
  /** By the first of which the block is watched. Some may be off the page by now. */
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
      // How far each block is away, in pixels: what is in sight comes first, wherever somebody jumped to.
      const moved = new Map<Block, number>()
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        const block = blocks.get(target)
        if (!block) continue
        if (!target.isConnected) {
          blocks.delete(target)
          watch(block)
          continue
        }
        block.isNear = isIntersecting
        const away = Math.abs(boundingClientRect.top)
        for (const each of [block.before, block, block.after])
          if (each) moved.set(each, Math.min(away, moved.get(each) ?? away))
      }
      const nearest = [...moved].sort(([, one], [, other]) => one - other)
      for (const [block] of nearest) for (const tile of block.tiles) due.add(tile)
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
      let changed = 0
      for (const tile of due) {
        due.delete(tile)
        const block = blockOf.get(tile)
        if (tile.isConnected && block && hold(grid, tile, isAround(block))) changed++
        if (changed === FEW || performance.now() > end) break
      }
      start()
    })
  }

  /** Watches a block by the first of its tiles that is there; one with none is over. */
  function watch(block: Block): void {
    block.tiles = block.tiles.filter(({ isConnected }) => isConnected)
    const [first] = block.tiles
    if (first) {
      blocks.set(first, block)
      watcher.observe(first)
      return
    }
    if (block.before) block.before.after = block.after
    if (block.after) block.after.before = block.before
    if (last === block) last = block.before
  }

  /** The block of the nearest tile, for one that comes between others: uploaded, or had back. */
  function besideOf(tile: HTMLElement): Block | undefined {
    const all = grid.tiles()
    const at = all.indexOf(tile)
    const isKnown = (other: HTMLElement) => blockOf.has(other)
    const beside = all.slice(at).find(isKnown) ?? all.slice(0, at).findLast(isKnown)
    return beside && blockOf.get(beside)
  }

  function isBehind(tile: HTMLElement, block: Block): boolean {
    const end = block.tiles.findLast(({ isConnected }) => isConnected)
    return !end || (end.compareDocumentPosition(tile) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  }

  return (tiles) => {
    for (const tile of tiles) {
      const isLast = !last || isBehind(tile, last)
      const known = isLast ? last : besideOf(tile)
      if (known && (!isLast || known.tiles.length < BLOCK)) {
        known.tiles.push(tile)
        blockOf.set(tile, known)
        if (isAround(known)) due.add(tile)
        continue
      }
      const block: Block = { tiles: [tile], isNear: false, before: last, after: undefined }
      if (last) last.after = block
      last = block
      blockOf.set(tile, block)
      watch(block)
    }
    start()
  }
}

/** Whether a block is near, or one beside it: nobody is to see the edge. */
function isAround(block: Block): boolean {
  return [block.before, block, block.after].some((each) => each?.isNear)
}

/** The tile that the Tab key leads to stays. @returns whether the tile is another one now */
function hold(grid: Grid, tile: HTMLElement, isNear: boolean): boolean {
  const isFull = tile.childElementCount > 0
  if (isFull === isNear || (!isNear && tile.querySelector('[tabindex="0"]'))) return false
  if (isNear) grid.show(tile)
  else grid.clear(tile)
  return true
}
