/**
 * The element of the page that the code cannot do without.
 * @throws Error if page and code do not fit together
 */
export function find<T extends Element>(root: ParentNode, selector: string, type: new () => T): T {
  const element = root.querySelector(selector)
  if (!(element instanceof type)) throw new Error(`No ${type.name} for ${selector}`)
  return element
}

/** A new copy of the one element inside a `<template>`. */
export function cloneTemplate(template: HTMLTemplateElement): HTMLElement {
  const copy = document.importNode(template.content, true).firstElementChild
  if (!(copy instanceof HTMLElement)) throw new Error('Empty template')
  return copy
}

/** Marks a form's button as working while something runs, and keeps a second press from doing it twice. */
export async function whileBusy(button: HTMLElement, work: () => Promise<void>): Promise<void> {
  if (button.getAttribute('aria-busy') === 'true') return
  // Not `disabled`: that would throw the keyboard's focus away.
  button.setAttribute('aria-busy', 'true')
  try {
    await work()
  } finally {
    button.removeAttribute('aria-busy')
  }
}
