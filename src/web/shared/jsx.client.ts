import type { JSX } from 'hono/jsx/dom/jsx-runtime'

// What a compiler makes of JSX in browser code calls `jsx`: package.json names this file `#drawing/jsx-runtime`. The same
// markup as hono/jsx writes on the server, made of elements at once and never looked at again: no state, no hooks, no
// handlers. docs/decisions/one-jsx.md says why it is our own.

export type { JSX }

type Component = (props: Props) => Markup

interface Props {
  children?: Markup
  [name: string]: unknown
}

interface Node {
  tag: string | Component
  props: Props
}

type Markup = Node | Markup[] | string | number | boolean | null | undefined

export function jsx(tag: string | Component, props: Props): Node {
  return { tag, props }
}

/** With several children, which come as a list. */
export const jsxs = jsx

export function Fragment({ children }: Props): Markup {
  return children
}

/** Makes the elements of some markup and puts them at the end of an element. */
export function appendMarkup(parent: Element, markup: JSX.Element): void {
  append(parent, markup as unknown as Markup)
}

function append(parent: Element, markup: Markup): void {
  if (Array.isArray(markup)) for (const each of markup) append(parent, each)
  else if (typeof markup === 'string' || typeof markup === 'number') parent.append(String(markup))
  else if (typeof markup === 'object' && markup !== null) appendNode(parent, markup)
}

function appendNode(parent: Element, { tag, props }: Node): void {
  if (typeof tag === 'function') {
    append(parent, tag(props))
    return
  }
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (name === 'dangerouslySetInnerHTML') element.innerHTML = (value as { __html: string }).__html
    else if (name !== 'children' && value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value))
  }
  append(element, props.children)
  parent.append(element)
}
