import CropperCanvas from '@cropper/element-canvas'
import { t } from '../../../lang/crop'
import { find } from '../elements.client'
import { say } from '../toasts.client'
import { FINE, PREVIEWS } from './crop-dialog'
import { confine, type Framing, matrixOf, move, narrowest, type Sides, widest, zoom } from './framing'

/** How wide the picture is laid out before it is transformed: a large one would cost its pixels at every step. */
const LAID_OUT = 1000

/** How far one press of an arrow key goes, in parts of the frame's side, and with Shift. */
const STEP = 0.02
const LEAP = 0.1

/** What one press of + or − makes of the frame. */
const NEARER = 1.1

/** How long the keys rest before the frame's place is said, in milliseconds. */
const REST = 700

const ARROWS: Record<string, { right: number; down: number }> = {
  ArrowLeft: { right: -1, down: 0 },
  ArrowRight: { right: 1, down: 0 },
  ArrowUp: { right: 0, down: -1 },
  ArrowDown: { right: 0, down: 1 },
}

/** What Cropper.js tells of fingers, mouse and wheel. Places are those of the page. */
interface Gesture {
  action: string
  relatedEvent: PointerEvent | WheelEvent
  startX: number
  startY: number
  endX: number
  endY: number
  /** Grown by this part; below 0 it has shrunk. */
  scale?: number
  centerX?: number
  centerY?: number
}

/**
 * The picture behind its frame: moved, zoomed and turned by finger, mouse, keys and the tools beside it.
 * @param values.picture upright, in pixels of the original
 * @param values.onChange after each change
 */
export function startStage(
  dialog: HTMLElement,
  values: { picture: Sides; first: Framing; fresh: () => Framing; onChange: (framing: Framing) => void },
) {
  const { picture } = values
  const room = find(dialog, '[data-room]', HTMLElement)
  const image = find(room, '[data-picture]', HTMLImageElement)
  const square = find(room, '[data-square]', HTMLElement)
  const nearness = find(dialog, '[data-zoom]', HTMLInputElement)
  const turning = find(dialog, '[data-turn]', HTMLInputElement)
  const degrees = find(dialog, '[data-degrees]', HTMLOutputElement)
  let framing = confine(values.first, picture)
  let rest = 0
  let drawing = 0

  const canvas = takeGestures(room)
  image.style.width = `${LAID_OUT}px`
  image.style.height = `${(LAID_OUT * picture.height) / picture.width}px`

  function set(next: Framing): void {
    framing = confine(next, picture)
    show()
    values.onChange(framing)
  }

  function show(): void {
    const side = square.offsetWidth
    const scale = picture.width / LAID_OUT
    const [a, b, c, d, e, f] = matrixOf(framing, side)
    const [left, top] = [square.offsetLeft + e, square.offsetTop + f]
    image.style.transform = `matrix(${[a * scale, b * scale, c * scale, d * scale, left, top].join()})`
    const fine = ((framing.turn + FINE) % 90) - FINE
    turning.value = String(fine)
    turning.setAttribute('aria-valuetext', t().degrees(fine))
    degrees.textContent = t().degrees(fine)
    const [least, most] = [narrowest(picture, framing.turn), widest(picture, framing.turn)]
    const near = most > least ? Math.log(most / framing.size) / Math.log(most / least) : 0
    nearness.value = String(Math.round(near * 100))
    nearness.disabled = most <= least
    cancelAnimationFrame(drawing)
    drawing = requestAnimationFrame(() => drawPreviews(dialog, image, { framing, picture }))
  }

  /** Screen readers hear where the frame is once it rests. */
  function saySoon(): void {
    clearTimeout(rest)
    rest = window.setTimeout(() => {
      const [across, down] = [framing.x / picture.width, framing.y / picture.height]
      const size = framing.size / Math.min(picture.width, picture.height)
      if (dialog instanceof HTMLDialogElement) say(dialog, t().place({ across, down, size }))
    }, REST)
  }

  let held: { x: number; y: number } | null = null
  canvas.addEventListener('actionstart', () => {
    held = null
  })
  canvas.addEventListener('action', (event) => {
    const gesture = (event as CustomEvent<Gesture>).detail
    const side = square.offsetWidth
    if (gesture.action === 'move') {
      const [right, down] = [(gesture.endX - gesture.startX) / side, (gesture.endY - gesture.startY) / side]
      return set(move(framing, { right, down }))
    }
    // Two fingers zoom where they are and carry the picture along; what they turn by the way is not meant.
    const { scale = 0, centerX, centerY, relatedEvent } = gesture
    const at = { x: centerX ?? relatedEvent.pageX, y: centerY ?? relatedEvent.pageY }
    const by =
      centerX !== undefined && held
        ? { right: (at.x - held.x) / side, down: (at.y - held.y) / side }
        : { right: 0, down: 0 }
    if (centerX !== undefined) held = at
    const { left, top } = square.getBoundingClientRect()
    const about = {
      right: (at.x - scrollX - left) / side - 0.5,
      down: (at.y - scrollY - top) / side - 0.5,
    }
    set(zoom(move(framing, by), scale < 0 ? 1 / (1 - scale) : 1 + scale, picture, about))
  })

  room.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const arrow = ARROWS[event.key]
    const step = event.shiftKey ? LEAP : STEP
    // The frame goes where the arrow points: the picture goes the other way.
    if (arrow) set(move(framing, { right: -arrow.right * step, down: -arrow.down * step }))
    else if (event.key === '+' || event.key === '=') set(zoom(framing, NEARER, picture))
    else if (event.key === '-' || event.key === '−') set(zoom(framing, 1 / NEARER, picture))
    else return
    event.preventDefault()
    saySoon()
  })
  nearness.addEventListener('input', () => {
    const [least, most] = [narrowest(picture, framing.turn), widest(picture, framing.turn)]
    set({ ...framing, size: most * (least / most) ** (Number(nearness.value) / 100) })
  })
  turning.addEventListener('input', () => turnTo(quarters() * 90 + Number(turning.value)))
  const quarters = () => Math.round(framing.turn / 90)

  /** What stays in sight is the share of the most that fits: a turn must not eat the zoom, nor keep it. */
  function turnTo(turn: number): void {
    const share = framing.size / widest(picture, framing.turn)
    set({ ...framing, turn, size: share * widest(picture, turn) })
  }

  dialog.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null
    const quarter = Number(button?.dataset.quarter)
    if (quarter) turnTo(framing.turn + quarter * 90)
    else if (button?.matches('[data-reset]')) set(values.fresh())
  })
  image.addEventListener('load', show)
  new ResizeObserver(show).observe(room)
  return { read: () => framing, set, show }
}

/** Puts Cropper.js's element over the room: it makes drags, pinches and wheels one kind of event. */
function takeGestures(room: HTMLElement): HTMLElement {
  CropperCanvas.$define()
  const canvas = document.createElement('cropper-canvas')
  const grip = document.createElement('div')
  grip.setAttribute('action', 'move')
  canvas.append(grip)
  room.append(canvas)
  return canvas
}

/** The circles: the largest from the picture, each smaller one from the one before, as smooth as a server makes them. */
function drawPreviews(
  dialog: HTMLElement,
  image: HTMLImageElement,
  { framing, picture }: { framing: Framing; picture: Sides },
): void {
  if (!image.naturalWidth) return
  let before: HTMLCanvasElement | null = null
  for (const size of PREVIEWS) {
    const canvas = find(dialog, `[data-preview="${size}"]`, HTMLCanvasElement)
    if (before) copySquare(before, canvas)
    else drawSquare(canvas, image, { framing, picture })
    before = canvas
  }
}

export function copySquare(from: HTMLCanvasElement, to: HTMLCanvasElement): void {
  const context = to.getContext('2d')
  if (!context) return
  context.imageSmoothingQuality = 'high'
  context.clearRect(0, 0, to.width, to.height)
  context.drawImage(from, 0, 0, to.width, to.height)
}

/** Draws what is framed. @param source the whole picture, upright, at any size */
export function drawSquare(
  canvas: HTMLCanvasElement,
  source: HTMLImageElement | ImageBitmap,
  { framing, picture }: { framing: Framing; picture: Sides },
): void {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.resetTransform()
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.setTransform(...matrixOf(framing, canvas.width))
  context.drawImage(source, 0, 0, picture.width, picture.height)
}
