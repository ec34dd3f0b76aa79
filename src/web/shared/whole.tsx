import { raw } from 'hono/html'

/**
 * Nothing of a page is drawn before its main part is whole, wherever the network pauses: rows of pictures are full only
 * then, and on a phone a panel may stand above what came before it. Browsers that do not know it draw what they have.
 * As text, for the library that writes pages leaves `blocking` out.
 * https://html.spec.whatwg.org/multipage/links.html#link-type-expect
 */
export const WHOLE = raw('<link rel="expect" href="#whole" blocking="render">')

/** Stands behind the main part: a browser waits for where an element begins. */
export function WholeEnd() {
  return <span id="whole" hidden />
}
