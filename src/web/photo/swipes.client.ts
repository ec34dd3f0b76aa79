import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { type Direction, type LargeView, Slide } from './stage'

/** From where on a finger swipes, in CSS pixels: before that it may tap or scroll. */
const BEGINS = 8

/** How far it goes for the next photo, in parts of the stage's width; a quick one goes less far. */
const FAR = 0.35

/** What is quick, in CSS pixels a millisecond. */
const QUICK = 0.4

/** How long the picture takes to where it goes when it is let go, in milliseconds. */
const SETTLES = 220

interface Swipe {
  pointerId: number
  from: { x: number; y: number; time: number }
  isMoving: boolean
  /** How far it is now. */
  across: number
}

interface Ways {
  wayOf: (direction: Direction) => HTMLAnchorElement | null
  go: (direction: Direction) => void
  isRightToLeft: boolean
}

/**
 * One finger that goes sideways takes the picture along and draws the next one in. Those beside it are fetched as soon as
 * this one is there.
 */
export function startSwipes(stage: HTMLElement, { wayOf, go, isRightToLeft }: Ways): void {
  const slide = find(stage, '[data-slide]', HTMLElement)
  const sharp = find(slide, '.sharp', HTMLImageElement)
  let swipe: Swipe | null = null
  let isGoing = false

  const directionOf = (across: number): Direction => (across > 0 === isRightToLeft ? 'next' : 'previous')

  function drawBeside(): void {
    for (const direction of ['previous', 'next'] as const) {
      const photo: LargeView | null = JSON.parse(wayOf(direction)?.dataset.photo ?? 'null')
      if (photo) stage.append(draw(Slide({ photo, kind: direction })))
    }
  }

  const moved = () => stage.querySelectorAll<HTMLElement>('.stage-picture')

  function shift(across: number): void {
    for (const each of moved()) each.style.translate = across ? `${across}px` : ''
  }

  /** Lets the pictures run to a place and does what is to be done there. */
  async function settle(to: number): Promise<void> {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    const runs = [...moved()].map((each) =>
      each.animate(
        { translate: `${to}px` },
        { duration: isStill ? 0 : SETTLES, easing: 'ease-out', fill: 'forwards' },
      ),
    )
    await Promise.all(runs.map((run) => run.finished))
    shift(to)
    for (const run of runs) run.cancel()
  }

  /** The stage grows or shrinks to what the next page gives its picture, so that nothing jumps when that is there. */
  function adjustTo(direction: Direction): void {
    const beside = stage.querySelector<HTMLElement>(`[data-beside=${direction}]`)
    if (!beside) return
    const [now, then] = [slide.offsetHeight, beside.offsetHeight]
    if (then !== now)
      slide.animate({ height: [`${now}px`, `${then}px`] }, { duration: SETTLES, fill: 'forwards' })
  }

  async function end(event: PointerEvent): Promise<void> {
    if (!swipe || swipe.pointerId !== event.pointerId) return
    const { across, from, isMoving } = swipe
    swipe = null
    if (!isMoving) return
    const direction = directionOf(across)
    const speed = Math.abs(across) / Math.max(1, event.timeStamp - from.time)
    const isFar = Math.abs(across) > FAR * stage.offsetWidth || speed > QUICK
    if (event.type === 'pointercancel' || !isFar || !wayOf(direction)) return settle(0)
    isGoing = true
    adjustTo(direction)
    const beside = stage.querySelector<HTMLElement>(`[data-beside=${direction}]`)
    await settle(beside ? -beside.offsetLeft : Math.sign(across) * stage.offsetWidth)
    go(direction)
  }

  stage.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' || isGoing) return
    // Two fingers zoom; on what is zoomed one finger looks around.
    if (!event.isPrimary || (visualViewport?.scale ?? 1) > 1.1) {
      if (swipe?.isMoving) void settle(0)
      swipe = null
      return
    }
    if (event.target instanceof Element && event.target.closest('[data-tag-bar]')) return
    const from = { x: event.clientX, y: event.clientY, time: event.timeStamp }
    swipe = { pointerId: event.pointerId, from, isMoving: false, across: 0 }
  })
  stage.addEventListener('pointermove', (event) => {
    if (!swipe || swipe.pointerId !== event.pointerId) return
    const [across, down] = [event.clientX - swipe.from.x, event.clientY - swipe.from.y]
    if (!swipe.isMoving) {
      if (Math.abs(across) < BEGINS) return
      if (Math.abs(across) < Math.abs(down) || !(wayOf('previous') || wayOf('next'))) {
        swipe = null
        return
      }
      swipe.isMoving = true
      stage.setPointerCapture(event.pointerId)
    }
    // At the end of the list it gives a little, so that one feels that there is an end.
    swipe.across = wayOf(directionOf(across)) ? across : across / 4
    shift(swipe.across)
  })
  for (const type of ['pointerup', 'pointercancel'] as const)
    stage.addEventListener(type, (event) => void end(event))
  // A picture that was swiped was not tapped.
  stage.addEventListener('click', (event) => isGoing && event.preventDefault(), true)
  visualViewport?.addEventListener('resize', () => {
    stage.style.touchAction = (visualViewport?.scale ?? 1) > 1.1 ? 'auto' : ''
  })
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    isGoing = false
    shift(0)
  })

  if (sharp.complete) drawBeside()
  else sharp.addEventListener('load', drawBeside, { once: true })
}
