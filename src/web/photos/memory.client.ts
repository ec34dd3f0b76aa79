/** Tiles that come and go together. */
const BLOCK = 20

/** How far from the window pictures stay, in heights of the window. */
const NEAR = '600%'

interface Block {
  tiles: HTMLElement[]
  isNear: boolean
  before: Block | undefined
  after: Block | undefined
}

/**
 * Lets go of the pictures that are far away, so that a long list takes no more memory than a short one: they come again
 * from what the browser keeps on disk. @returns what is to be told of new tiles, in their order
 */
export function startMemory(): (tiles: HTMLElement[]) => void {
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
        const isNear = [block.before, block, block.after].some((each) => each?.isNear)
        for (const tile of block.tiles) hold(tile, isNear)
      }
    },
    { rootMargin: `${NEAR} 0%` },
  )

  return (tiles) => {
    for (const tile of tiles) {
      if (last && last.tiles.length < BLOCK) {
        last.tiles.push(tile)
        continue
      }
      const block: Block = { tiles: [tile], isNear: true, before: last, after: undefined }
      if (last) last.after = block
      last = block
      blocks.set(tile, block)
      watcher.observe(tile)
    }
  }
}

function hold(tile: HTMLElement, isNear: boolean): void {
  const image = tile.querySelector('img')
  if (!image) return
  const { src, srcset } = image.dataset
  if (isNear && src !== undefined) {
    image.srcset = srcset ?? ''
    image.src = src
    delete image.dataset.src
    delete image.dataset.srcset
  } else if (!isNear && src === undefined) {
    image.dataset.src = image.getAttribute('src') ?? ''
    image.dataset.srcset = image.srcset
    image.removeAttribute('srcset')
    image.removeAttribute('src')
  }
}
