import { render } from 'hono/jsx/dom'

type Drawing = Parameters<typeof render>[0]

/** Draws a component that the pages draw too, and gives its one element. */
export function draw(node: Drawing): HTMLElement {
  const holder = document.createElement('div')
  render(node, holder)
  const element = holder.firstElementChild
  if (!(element instanceof HTMLElement)) throw new Error('a component draws one element')
  return element
}

/**
 * Draws a component in the place of an element that it drew before. Pictures that are loaded stay, or they would
 * flash, and so does the focus.
 */
export function redraw(old: HTMLElement, node: Drawing): HTMLElement {
  const fresh = draw(node)
  const controls = (element: HTMLElement) => [...element.querySelectorAll<HTMLElement>('a, button, input')]
  const focused = controls(old).indexOf(document.activeElement as HTMLElement)
  const pictures = [...old.querySelectorAll('img')]
  for (const [index, picture] of fresh.querySelectorAll('img').entries()) {
    const loaded = pictures[index]
    if (loaded?.src === picture.src) picture.replaceWith(loaded)
  }
  old.replaceWith(fresh)
  controls(fresh)[focused]?.focus()
  return fresh
}
