import { t } from '../../lang/photos'
import { find } from '../shared/elements.client'
import { type Grid, SELECTED } from './grid.client'
import { startLongPress } from './press.client'

/** Which photos are selected. A class on the tiles says it, and their boxes as far as they are full. */
export interface Selection {
  tiles(): HTMLElement[]
  select(tile: HTMLElement, isOn: boolean): void
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

  const isSelected = (tile: HTMLElement) => tile.classList.contains(SELECTED)
  const tiles = () => [...grid.element.querySelectorAll<HTMLElement>(`.${SELECTED}`)]

  function select(tile: HTMLElement, isOn: boolean): void {
    tile.classList.toggle(SELECTED, isOn)
    const box = tile.querySelector<HTMLInputElement>('[data-select]')
    if (box) box.checked = isOn
  }

  const isOn = () => mode.getAttribute('aria-pressed') === 'true'

  function show(): void {
    const count = tiles().length
    const all = grid.tiles().length
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
    for (const tile of tiles()) select(tile, false)
    mode.setAttribute('aria-pressed', 'false')
    last = null
    show()
  }

  /** Selects a tile or takes it back, and with `range` all between it and the last one. */
  function set(tile: HTMLElement, isOn: boolean, range = false): void {
    select(tile, isOn)
    if (range && last?.isConnected) {
      const all = grid.tiles()
      const [from, to] = [all.indexOf(last), all.indexOf(tile)]
      for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) select(each, isOn)
    }
    last = tile
    const isFirst = bar.hidden
    show()
    if (isFirst) tile.scrollIntoView({ block: 'nearest' }) // not behind the bar that has just come
  }

  function toggle(tile: HTMLElement, { range = false } = {}): void {
    set(tile, range || !isSelected(tile), range)
  }

  grid.element.addEventListener('click', (event) => {
    const { target } = event
    const tile = target instanceof Element ? target.closest<HTMLElement>('[data-photo]') : null
    if (!tile || !(target instanceof Element)) return
    if (target instanceof HTMLInputElement) return set(tile, target.checked, event.shiftKey)
    if (!target.closest('[data-open]') || !grid.element.classList.contains('selecting')) return
    if (event.ctrlKey || event.metaKey) return // in another tab, as every link
    event.preventDefault() // the whole picture is the box now
    toggle(tile, { range: event.shiftKey })
  })
  grid.element.addEventListener('mousedown', (event) => {
    if (event.shiftKey) event.preventDefault() // or text would be selected with the photos
  })
  startLongPress(grid.element, (tile) => {
    set(tile, true)
  })
  mode.addEventListener('click', () => {
    if (isOn()) return clear()
    mode.setAttribute('aria-pressed', 'true')
    show()
  })
  show()
  return {
    tiles,
    select,
    toggle,
    clear,
    isOn: () => grid.element.classList.contains('selecting'),
    show,
    selectAll: () => {
      for (const tile of grid.tiles()) select(tile, true)
      show()
    },
    say: (text) => {
      status.textContent = text
    },
  }
}
