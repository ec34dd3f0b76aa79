import type { Grid } from './grid.client'

/** Tiles that come and go together. */
const BLOCK = 20

/** How far from the window tiles are full, in heights of the window: about as far as a browser fetches pictures ahead. */
const NEAR = '150%'

/** Milliseconds of a frame that may go into it. */
const SHARE = 4

/** Tiles of a frame at most: a browser takes several times as long to style one, and to begin its picture, as this code. */
const FEW = 2

/** The same of tiles that are emptied, which costs less: more than are filled, so that their number is bounded. */
const MORE = 4

/** Milliseconds between two frames beyond which the browser is behind: then only one tile is filled, and two are emptied. */
const BEHIND = 25

/** Milliseconds that tiles far away stay as they are. */
const GRACE = 500

/** Heights of the window a second beyond which tiles fly past: nobody sees them, and nothing is fetched for them. */
const FLYING = 3

/** Milliseconds without news of a block after which a window is taken to be at rest, where no browser says that it is. */
const PAUSE = 400

/** Milliseconds after this begins, however late on a slow phone, in which the page jumps to where somebody left it: no flight. */
const OPENING = 1500

interface Block {
  /** By the first of which the block is watched. Some may be off the page by now. */
  tiles: HTMLElement[]
  isNear: boolean
  /** Where it begins, in pixels of the page, when the browser told of it last. */
  top: number
  /** When the browser told of it or of one beside it last. */
  toldAt: number
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
  /** Blocks to look at, a few tiles in each frame. */
  const due = new Set<Block>()
  let isDue = false
  /** When a frame was drawn last. */
  let drawn = 0
  let last: Block | undefined
  /** Where the window was when a block came or went last, and whether it went there fast. */
  let seen = { at: 0, top: scrollY, flies: false }
  const flightless = performance.now() + OPENING

  addEventListener('scrollend', () => {
    seen.flies = false
  })

  const watcher = new IntersectionObserver(
    (entries) => {
      look()
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        const block = blocks.get(target)
        if (!block) continue
        if (!target.isConnected) {
          blocks.delete(target)
          watch(block)
          continue
        }
        block.isNear = isIntersecting
        block.top = boundingClientRect.top + seen.top
        for (const each of [block.before, block, block.after]) {
          if (!each) continue
          each.toldAt = seen.at
          due.add(each)
        }
      }
      start()
    },
    { rootMargin: `${NEAR} 0%` },
  )

  /** The browser has just laid out the page: at any other time it would have to, only to tell. */
  function look(): void {
    const now = performance.now()
    const [passed, way] = [now - seen.at, Math.abs(scrollY - seen.top)]
    const isFast = passed < PAUSE && (way / innerHeight / passed) * 1000 > FLYING
    seen = { at: now, top: scrollY, flies: isFast && now > flightless }
  }

  function start(): void {
    if (isDue || due.size === 0) return
    isDue = true
    requestAnimationFrame((now) => {
      isDue = false
      const isBehind = now - drawn > BEHIND
      drawn = now
      if (!seen.flies || performance.now() - seen.at > PAUSE) {
        fillSome(isBehind ? 1 : FEW)
        emptySome(isBehind ? 2 : MORE)
      }
      start()
    })
  }

  /** Fills what is near: what is in sight comes first, wherever somebody jumped to. */
  function fillSome(most: number): void {
    const away = ({ top }: Block) => Math.abs(top - seen.top)
    const near = [...due].filter(isAround).sort((one, other) => away(one) - away(other))
    holdSome(near, { isNear: true, most })
  }

  /** Not at once: a window may be small for a moment, as while something is drawn from it, and all is far away then. */
  function emptySome(most: number): void {
    const isOver = ({ toldAt }: Block) => performance.now() - toldAt > GRACE
    const far = [...due].filter((block) => !isAround(block) && isOver(block))
    holdSome(far, { isNear: false, most })
  }

  function holdSome(some: Block[], { isNear, most }: { isNear: boolean; most: number }): void {
    const end = performance.now() + SHARE
    let changed = 0
    for (const block of some) {
      for (const tile of block.tiles) {
        if (changed === most || performance.now() > end) return
        if (tile.isConnected && hold(grid, tile, isNear)) changed++
      }
      due.delete(block)
    }
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
        if (isAround(known)) due.add(known)
        continue
      }
      const block: Block = {
        tiles: [tile],
        isNear: false,
        top: Number.POSITIVE_INFINITY,
        toldAt: 0,
        before: last,
        after: undefined,
      }
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
