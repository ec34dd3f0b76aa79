/** How long a finger rests on a photo to select it, in milliseconds: less than until a browser opens its menu. */
const LONG_PRESS = 400

/** A finger that rests on a photo selects it; the click that follows does not open it. */
export function startLongPress(grid: HTMLElement, onPress: (card: HTMLElement) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  grid.addEventListener('pointerdown', (event) => {
    const card =
      event.target instanceof Element &&
      event.target.closest('[data-open]')?.closest<HTMLElement>('[data-photo]')
    stop()
    if (event.pointerType === 'mouse' || !card || grid.classList.contains('selecting')) return
    timer = setTimeout(() => {
      onPress(card)
      const swallow = (click: Event) => {
        click.preventDefault()
        click.stopPropagation()
      }
      grid.addEventListener('click', swallow, { capture: true, once: true })
      // Where the platform sends no click after a long press, the next one is meant.
      addEventListener(
        'pointerup',
        () => setTimeout(() => grid.removeEventListener('click', swallow, true), 50),
        {
          once: true,
        },
      )
    }, LONG_PRESS)
  })
  for (const type of ['pointerup', 'pointercancel', 'pointermove']) {
    grid.addEventListener(type, (event) => {
      if (
        type === 'pointermove' &&
        event instanceof PointerEvent &&
        Math.hypot(event.movementX, event.movementY) < 4
      )
        return
      stop()
    })
  }
  grid.addEventListener('contextmenu', (event) => {
    if (grid.classList.contains('selecting')) event.preventDefault() // its menu would cover what was selected
  })
}
