import { t } from '../../lang/tags'
import { draw } from '../shared/draw.client'
import { notify } from '../shared/toasts.client'
import { DraftBox } from './frame'
import {
  type Corner,
  type Frame,
  frameAround,
  frameBetween,
  growFrame,
  moveFrame,
  oppositeOf,
  type Spot,
  STEP,
} from './frames'

/** A finger or hand that trembles draws nothing, in CSS pixels. */
const STILL = 6

/** How long the keys rest before the box's place is said, in milliseconds. */
const REST = 600

const ARROWS: Record<string, Spot> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
}

/** What one pointer does, from where it went down. */
interface Pull {
  pointerId: number
  from: Spot
  client: Spot
  before: Frame
  /** The frame for where the pointer is now. */
  follow: (to: Spot) => Frame
  isDrawing: boolean
  isMoving: boolean
}

/** Puts an element over a part of the picture: in parts of the layer, which is the picture's own box at every size. */
function place(element: HTMLElement, { x, y, width, height }: Frame): void {
  const { style } = element
  for (const [side, part] of Object.entries({ left: x, top: y, width, height })) {
    style.setProperty(side, `${part * 100}%`)
  }
}

/** The box of a tag over its face. Its name goes where there is room: below, else above, else inside; and inwards at the sides. */
export function placeBox(element: HTMLElement, box: Frame): HTMLElement {
  place(element, box)
  const [bottom, middle] = [box.y + box.height, box.x + box.width / 2]
  element.classList.add(bottom <= 0.85 ? 'below' : box.y >= 0.15 ? 'above' : 'inside')
  if (middle < 0.35) element.classList.add('from-left')
  if (middle > 0.65) element.classList.add('from-right')
  return element
}

/**
 * One box that is drawn, moved and resized over the picture by mouse, pen, finger or keys.
 * @param layer lies exactly over the picture
 */
export function startFrame(
  layer: HTMLElement,
  values: { picture: { width: number; height: number }; onEnter: () => void },
) {
  const { picture } = values
  const box = draw(<DraftBox />)
  let frame: Frame | null = null
  let pull: Pull | null = null
  let rest = 0

  function set(next: Frame): void {
    frame = next
    place(box, next)
  }

  /** @param first null: of the size of a face, in the middle */
  function open(first: Frame | null): void {
    set(first ? { x: first.x, y: first.y, width: first.width, height: first.height } : middle())
    layer.append(box)
    box.focus({ preventScroll: true })
  }

  function close(): void {
    clearTimeout(rest)
    pull = null
    frame = null
    box.remove()
  }

  const middle = () => frameAround({ x: 0.5, y: 0.5 }, picture)

  function spotOf({ clientX, clientY }: PointerEvent): Spot {
    const { left, top, width, height } = layer.getBoundingClientRect()
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }

  function startPull(event: PointerEvent): Pull | null {
    const { target, pointerId } = event
    if (!frame || !(target instanceof Element)) return null
    const [from, before] = [spotOf(event), frame]
    const corner = target.closest<HTMLElement>('[data-corner]')?.dataset.corner as Corner | undefined
    const still = { pointerId, from, before, client: { x: event.clientX, y: event.clientY } }
    const move = { ...still, isDrawing: false, isMoving: true }
    if (corner) {
      const fixed = oppositeOf(before, corner)
      const held = oppositeOf(before, OPPOSITE[corner])
      // The corner keeps its distance from the finger, which takes hold of it somewhere beside.
      const follow = (to: Spot) =>
        frameBetween(fixed, { x: held.x + to.x - from.x, y: held.y + to.y - from.y })
      return { ...move, follow }
    }
    if (target.closest('[data-draft]')) {
      return { ...move, follow: (to) => moveFrame(before, { x: to.x - from.x, y: to.y - from.y }) }
    }
    if (target.closest('button')) return null
    return { ...still, follow: (to) => frameBetween(from, to), isDrawing: true, isMoving: false }
  }

  layer.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || pull) return
    if (!event.isPrimary) return
    pull = startPull(event)
    if (!pull) return
    layer.setPointerCapture(event.pointerId)
    event.preventDefault() // no text is marked, and the focus stays
    box.focus({ preventScroll: true })
  })
  layer.addEventListener('pointermove', (event) => {
    if (pull?.pointerId !== event.pointerId) return
    const { client } = pull
    const far = Math.hypot(event.clientX - client.x, event.clientY - client.y)
    pull.isMoving ||= far >= STILL
    if (pull.isMoving) set(pull.follow(spotOf(event)))
  })
  layer.addEventListener('pointerup', (event) => {
    if (pull?.pointerId !== event.pointerId) return
    if (pull.isDrawing && !pull.isMoving) set(frameAround(pull.from, picture)) // a tap on a face
    pull = null
  })
  layer.addEventListener('pointercancel', (event) => {
    if (pull?.pointerId !== event.pointerId) return
    set(pull.before) // two fingers zoom
    pull = null
  })

  box.addEventListener('keydown', (event) => {
    if (!frame || event.altKey || event.ctrlKey || event.metaKey) return
    const by = ARROWS[event.key]
    if (by) {
      set(event.shiftKey ? growFrame(frame, by) : moveFrame(frame, by))
      clearTimeout(rest)
      rest = window.setTimeout(() => frame && notify(t().boxPlace(frame), { silent: true }), REST)
    } else if (event.key === 'Enter') values.onEnter()
    else return
    event.preventDefault()
  })

  return { open, close, read: () => frame, focus: () => box.focus({ preventScroll: true }) }
}

const OPPOSITE: Record<Corner, Corner> = { nw: 'se', se: 'nw', ne: 'sw', sw: 'ne' }
