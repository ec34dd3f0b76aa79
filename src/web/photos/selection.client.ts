import { t } from '../../lang/photos'
import { find } from '../shared/elements.client'
import type { Grid } from './grid.client'
import { startLongPress } from './press.client'

/** Which photos are selected. It lies in the boxes of the tiles. */
export interface Selection {
  tiles(): HTMLElement[]
  /** Selects a photo or takes it back; with `range` all from the last one on. */
  toggle(tile: HTMLElement, options?: { range?: boolean }): void
  selectAll(): void
  clear(): void
  /** Whether some are, or may be by a click. */
  isOn(): boolean
  /** Shows how many there are, after photos came or went. */
  show(): void
  /** Says something in the bar in the place of that, for a while. */
  say(text: string): void
}

interface Options {
  page: HTMLElement
  grid: Grid
  /** Whether all photos are loaded. */
  isWhole(): boolean
}

export function startSelection({ page, grid, isWhole }: Options): Selection {
  const bar = find(page, '[data-selection]', HTMLElement)
  const status = find(bar, '[data-selected]', HTMLElement)
  const use = find(bar, '[data-tool=use]', HTMLElement)
  const mode = find(page, '[data-select-mode]', HTMLButtonElement)
  let last: HTMLElement | null = null

  const boxOf = (tile: HTMLElement) => find(tile, '[data-select]', HTMLInputElement)
  const tiles = () =>
    [...grid.element.querySelectorAll('[data-select]:checked')].flatMap(
      (box) => box.closest<HTMLElement>('[data-photo]') ?? [],
    )
  const isOn = () => mode.getAttribute('aria-pressed') === 'true'

  /** Shows what the boxes say. A class on the tile, not `:has()`: a long list would be looked through at every change. */
  function show(): void {
    const chosen = tiles()
    const count = chosen.length
    for (const tile of grid.element.querySelectorAll('.selected')) tile.classList.remove('selected')
    for (const tile of chosen) tile.classList.add('selected')
    const all = grid.element.querySelectorAll('[data-select]').length
    bar.hidden = count === 0
    document.body.classList.toggle('has-selection', count > 0) // toasts stand above the bar then
    const text =
      count > 1 && count === all && !isWhole() ? t().selection.loaded(count) : t().selection.count(count)
    if (status.textContent !== text) status.textContent = text
    use.hidden = count !== 1
    grid.element.classList.toggle('selecting', isOn() || count > 0)
    mode.textContent = isOn() ? t().done : t().select
  }

  function clear(): void {
    for (const tile of tiles()) boxOf(tile).checked = false
    mode.setAttribute('aria-pressed', 'false')
    last = null
    show()
  }

  /** Takes over what the box of a tile says, for all between it and the last one with `range`. */
  function follow(tile: HTMLElement, range: boolean): void {
    const { checked } = boxOf(tile)
    if (range && last?.isConnected) {
      const all = grid.tiles()
      const [from, to] = [all.indexOf(last), all.indexOf(tile)]
      for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) boxOf(each).checked = checked
    }
    last = tile
    show()
  }

  function toggle(tile: HTMLElement, { range = false } = {}): void {
    boxOf(tile).checked = range || !boxOf(tile).checked
    follow(tile, range)
  }

  grid.element.addEventListener('click', (event) => {
    const { target } = event
    const tile = target instanceof Element ? target.closest<HTMLElement>('[data-photo]') : null
    if (!tile || !(target instanceof Element)) return
    if (target.matches('[data-select]')) return follow(tile, event.shiftKey)
    if (!target.closest('[data-open]') || !grid.element.classList.contains('selecting')) return
    if (event.ctrlKey || event.metaKey) return // in another tab, as every link
    event.preventDefault() // the whole picture is the box now
    toggle(tile, { range: event.shiftKey })
  })
  grid.element.addEventListener('mousedown', (event) => {
    if (event.shiftKey) event.preventDefault() // or text would be selected with the photos
  })
  startLongPress(grid.element, (tile) => {
    boxOf(tile).checked = true
    follow(tile, false)
  })
  mode.addEventListener('click', () => {
    if (isOn()) return clear()
    mode.setAttribute('aria-pressed', 'true')
    show()
  })
  addEventListener('pageshow', show) // coming back, browsers restore what was checked
  show()
  return {
    tiles,
    toggle,
    clear,
    isOn: () => grid.element.classList.contains('selecting'),
    show,
    selectAll: () => {
      for (const tile of grid.tiles()) boxOf(tile).checked = true
      show()
    },
    say: (text) => {
      status.textContent = text
    },
  }
}
