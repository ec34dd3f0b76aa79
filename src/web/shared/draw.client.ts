import { appendMarkup, type JSX } from './jsx.client'

/** Draws a component that the pages draw too, and gives its one element. */
export function draw(node: JSX.Element): HTMLElement {
  const holder = document.createElement('div')
  appendMarkup(holder, node)
  const element = holder.firstElementChild
  if (!(element instanceof HTMLElement)) throw new Error('a component draws one element')
  return element
}

/**
 * Draws a component in the place of an element that it drew before. Pictures that are loaded stay, or they would
 * flash, and so does the focus.
 */
export function redraw(old: HTMLElement, node: JSX.Element): HTMLElement {
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
