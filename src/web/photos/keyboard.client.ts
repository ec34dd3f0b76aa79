import type { Grid } from './grid.client'
import type { Selection } from './selection.client'

interface Options {
  page: HTMLElement
  grid: Grid
  selection: Selection
  /** Deletes the photos of these tiles. */
  remove(tiles: HTMLElement[]): void
}

/** The grid is one stop of the Tab key, whose arrow keys go from photo to photo. */
export function startKeyboard({ page, grid, selection, remove }: Options) {
  let current: HTMLElement | null = null

  function linkOf(tile: HTMLElement): HTMLElement | null {
    grid.show(tile)
    return tile.querySelector('[data-open]')
  }

  /** Which tile the Tab key leads to. */
  function enter(tile: HTMLElement | undefined): void {
    if (!tile || tile === current) return
    grid.show(tile)
    if (current) setStops(current, '-1')
    setStops(tile, '0')
    current = tile
  }

  function setStops(tile: HTMLElement, stop: string): void {
    for (const control of tile.querySelectorAll('a, input')) control.setAttribute('tabindex', stop)
  }

  function move(tile: HTMLElement, key: string): HTMLElement | undefined {
    const all = grid.tiles()
    const at = all.indexOf(tile)
    const isRtl = getComputedStyle(grid.element).direction === 'rtl'
    if (key === 'ArrowRight' || key === 'ArrowLeft')
      return all[at + ((key === 'ArrowRight') !== isRtl ? 1 : -1)]
    return key === 'ArrowDown'
      ? findBeside(tile, all.slice(at + 1))
      : findBeside(tile, all.slice(0, at).reverse())
  }

  grid.element.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) enter(target.closest<HTMLElement>('[data-photo]') ?? undefined)
  })
  grid.element.addEventListener('keydown', (event) => {
    const { key, target } = event
    const tile = target instanceof Element ? target.closest<HTMLElement>('[data-photo]') : null
    if (!tile || event.ctrlKey || event.metaKey || event.altKey) return
    if (key.startsWith('Arrow')) {
      const next = move(tile, key)
      if (!next) return
      if (event.shiftKey && selection.tiles().length === 0) selection.toggle(tile)
      linkOf(next)?.focus()
      if (event.shiftKey) selection.toggle(next, { range: true })
    } else if (key === 'x' || (key === ' ' && target instanceof HTMLAnchorElement)) {
      selection.toggle(tile, { range: event.shiftKey })
    } else if (key === 'Delete') {
      const chosen = selection.tiles()
      remove(chosen.length > 0 ? chosen : [tile])
    } else return
    event.preventDefault()
  })
  document.addEventListener('keydown', (event) => {
    const { key, target } = event
    if (document.querySelector('dialog[open]') || !(target instanceof Element)) return
    if (target.matches('input:not([type=checkbox], [type=radio]), textarea, select')) return
    if (key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && grid.tiles().length > 0) {
      event.preventDefault()
      selection.selectAll()
    } else if (key === 'Escape' && grid.element.classList.contains('selecting')) {
      const isInBar = target.closest('[data-selection]') !== null
      selection.clear()
      if (isInBar)
        (current && linkOf(current) ? linkOf(current) : page.querySelector<HTMLElement>('h2'))?.focus()
    }
  })

  return {
    /** Takes tiles that have come into the one stop. */
    onTiles: (tiles: HTMLElement[]) => {
      for (const tile of tiles) setStops(tile, '-1')
      if (!current?.isConnected) enter(grid.tiles()[0])
    },
    /** Leads the focus on from tiles that are about to go, to the next one. @returns what to do once they are gone */
    leave: (gone: HTMLElement[]) => {
      const all = grid.tiles()
      const from = all.indexOf(gone.at(-1) ?? (all[0] as HTMLElement))
      const isStaying = (tile: HTMLElement) => !gone.includes(tile)
      const next = all.slice(from).find(isStaying) ?? all.findLast(isStaying)
      return () => {
        enter(next)
        const target = next ? linkOf(next) : document.getElementById('files')
        target?.focus()
      }
    },
    focus: (tile: HTMLElement | undefined) => tile && linkOf(tile)?.focus(),
  }
}

/** The tile of the next row of these that is most above or below one. */
function findBeside(tile: HTMLElement, others: HTMLElement[]): HTMLElement | undefined {
  const { top, left, width } = tile.getBoundingClientRect()
  const middle = left + width / 2
  let found: { tile: HTMLElement; apart: number; top: number } | undefined
  for (const other of others) {
    const box = other.getBoundingClientRect()
    if (Math.abs(box.top - top) < 2) continue
    if (found && Math.abs(box.top - found.top) >= 2) break
    const apart = Math.abs(box.left + box.width / 2 - middle)
    if (!found || apart < found.apart) found = { tile: other, apart, top: box.top }
  }
  return found?.tile
}
