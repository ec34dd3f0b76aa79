import { t } from '../../../lang/uploads'
import { find } from '../elements.client'
import { startAnnouncing } from './announce.client'
import { makeRowView, type RowView } from './row-view.client'
import type { Gate, Row } from './rows.client'
import { describeAll } from './words.client'

/** What the person does in the tray. */
interface Wishes {
  go(ids: string[]): void
  close(ids: string[]): void
  readFile(id: string): Promise<File | null>
}

/** Milliseconds in which whoever presses to open the list may not have seen yet that it opened by itself. */
const UNSEEN = 400

/** Under which a tab remembers that the list is open, for its next page. */
const OPEN = 'tray-open'

const GROUPS: Record<string, (row: Row) => boolean> = {
  shared: ({ state, why }) => state === 'asks' && why === 'shared',
  large: ({ state, why }) => state === 'asks' && (why === 'too_large' || why === 'too_many_pixels'),
  failed: ({ state, again }) => state === 'failed' && again,
}

/** What needs the person first, then what is under way, then what waits, then what is done. */
const rank = ({ state, step }: Row) =>
  state === 'failed' || state === 'asks' ? 0 : state === 'done' ? 3 : step ? 1 : 2

/** The tray of the page. Returns how to show what is in it. */
export function openTray(tray: HTMLElement, wishes: Wishes): (rows: Row[], gate: Gate) => void {
  const maxBytes = Number(tray.dataset.maxBytes)
  const toggle = find(tray, '[data-toggle]', HTMLButtonElement)
  const title = find(tray, '[data-title]', HTMLElement)
  const word = find(tray, '[data-toggle-word]', HTMLElement)
  const close = find(tray, '[data-close]', HTMLButtonElement)
  const clear = find(tray, '[data-clear]', HTMLButtonElement)
  const bar = find(tray, '[data-all]', HTMLProgressElement)
  const body = find(tray, '[data-body]', HTMLElement)
  const list = find(tray, '[data-upload-list]', HTMLElement)
  const template = find(tray, '[data-upload-template]', HTMLTemplateElement)
  const announce = startAnnouncing(maxBytes)
  const views = new Map<string, RowView>()
  let rows: Row[] = []
  let gate: Gate = 'open'
  let isDue = false
  /** The person has closed the list: it does not open by itself then, until the tray was empty. */
  let isLeftClosed = sessionStorage.getItem(OPEN) === 'false'
  let openedAt = Number.NEGATIVE_INFINITY

  const isOpen = () => !body.hidden
  /** Whether somebody points at the list or is in it with the keyboard: nothing in it moves then. */
  const isHeld = () => tray.matches(':hover') || list.querySelector(':focus-visible') !== null

  function setOpen(open: boolean): void {
    body.hidden = !open
    toggle.ariaExpanded = String(open)
    word.textContent = open ? t().hide : t().show
    sessionStorage.setItem(OPEN, String(open))
    arrange(true)
  }

  function draw(): void {
    isDue = false
    const isEmpty = rows.length === 0
    // The focus would be nowhere.
    if (isEmpty && tray.contains(document.activeElement)) document.getElementById('main')?.focus()
    tray.hidden = isEmpty
    document.documentElement.classList.toggle('with-tray', !isEmpty)
    title.textContent = describeAll(rows, gate)
    const isOver = !rows.some(({ state }) => state === 'waiting')
    close.hidden = !isOver
    clear.ariaDisabled = String(!rows.some(({ state }) => state !== 'waiting'))
    bar.classList.toggle('off', isOver)
    bar.value = measure(rows)
    tray.classList.toggle(
      'needs',
      rows.some((row) => rank(row) === 0),
    )
    arrange()
  }

  /** Rows in their order, unless somebody points at them: then they stay, and what goes leaves a gap. */
  function arrange(anyway = false): void {
    const held = isHeld() && isOpen() && !anyway
    list.style.height = held ? list.style.height || `${list.offsetHeight}px` : ''
    if (!isOpen()) return
    const present = new Set(rows.map(({ id }) => id))
    for (const [id, view] of views) {
      if (present.has(id)) continue
      view.element.classList.add('gone')
      view.element.inert = true
      if (held) continue
      view.dispose()
      views.delete(id)
    }
    for (const row of rows) {
      let view = views.get(row.id)
      if (!view) {
        view = makeRowView(template)
        view.element.dataset.id = row.id
        views.set(row.id, view)
        list.append(view.element)
        void wishes.readFile(row.id).then(view.preview)
      }
      view.show(row, { gate, maxBytes, isHeld: held })
    }
    if (held) return
    for (const [name, test] of Object.entries(GROUPS)) {
      find(tray, `[data-every=${name}]`, HTMLElement).hidden =
        rows.filter(test).length < (name === 'failed' ? 1 : 2)
    }
    const order = [...rows].sort((a, b) => rank(a) - rank(b)).map(({ id }) => views.get(id)?.element)
    order.forEach((element, index) => {
      const there = list.children[index]
      if (element && there !== element) list.insertBefore(element, there ?? null)
    })
  }

  toggle.addEventListener('click', () => {
    if (isOpen() && performance.now() - openedAt < UNSEEN) return
    isLeftClosed = isOpen()
    setOpen(!isOpen())
  })
  close.addEventListener('click', () => wishes.close(rows.map(({ id }) => id)))
  clear.addEventListener('click', () => {
    wishes.close(rows.filter(({ state }) => state !== 'waiting').map(({ id }) => id))
  })
  tray.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null
    const element = button?.closest<HTMLElement>('.upload')
    const test = GROUPS[button?.dataset.every ?? '']
    if (test) wishes.go(rows.filter(test).map(({ id }) => id))
    if (!button || !element?.dataset.id) return
    if (button.matches('[data-retry]')) wishes.go([element.dataset.id])
    if (!button.matches('[data-remove]')) return
    if (button.matches(':focus-visible')) leave(element)
    wishes.close([element.dataset.id])
  })
  tray.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !isOpen()) return
    isLeftClosed = true
    toggle.focus()
    setOpen(false)
  })
  tray.addEventListener('pointerleave', () => arrange())
  list.addEventListener('focusout', () => setTimeout(arrange))

  /** Leads the keyboard's focus on to the next row. */
  function leave(element: HTMLElement): void {
    const others = [...list.querySelectorAll<HTMLElement>('.upload:not(.gone)')]
    const at = others.indexOf(element)
    const next = others[at + 1] ?? others[at - 1]
    ;(next?.querySelector<HTMLElement>('[data-remove]') ?? toggle).focus()
  }

  if (sessionStorage.getItem(OPEN) === 'true') setOpen(true)
  return (nowRows, nowGate) => {
    // What needs the person opens the list once, so that they see why; not under their pointer.
    const isNews = nowRows.some(
      (row) => rank(row) === 0 && !rows.some((old) => old.id === row.id && rank(old) === 0),
    )
    announce(nowRows, nowGate)
    rows = [...nowRows].map((row) => ({ ...row }))
    gate = nowGate
    if (isNews && !isOpen() && !isLeftClosed && !tray.matches(':hover')) {
      openedAt = performance.now()
      setOpen(true)
    }
    if (!rows.length) {
      isLeftClosed = false
      sessionStorage.removeItem(OPEN)
    }
    if (isDue) return
    isDue = true
    setTimeout(draw, 50)
  }
}

/** Share of all bytes that are through, 0..100. */
function measure(rows: Row[]): number {
  const counted = rows.filter(({ state }) => state === 'waiting' || state === 'done')
  const all = counted.reduce((sum, { bytes }) => sum + bytes, 0)
  const through = counted.reduce(
    (sum, { bytes, state, share, step }) =>
      sum + bytes * (state === 'done' || step === 'checking' ? 1 : share),
    0,
  )
  return all ? (through / all) * 100 : 0
}
