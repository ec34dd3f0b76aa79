import type { PhotoJson } from '../../photos/answers'
import { THUMBNAIL_WIDTHS, type WIDTHS } from '../../renditions/sizes'
import { ratioOf } from './ratios'

/** How high a row is at least, in CSS pixels, as in gallery.css. Rows grow to fill the page, by a tenth in the middle. */
const [DESKTOP, PHONE] = [220, 120]
const GROWTH = 1.08

/** How wide a tile is, for the browser to choose a picture by. */
export function sizesFor(width: number, height: number): string {
  const ratio = ratioOf(width, height)
  const at = (row: number) => `${Math.round(ratio * row * GROWTH)}px`
  return `(min-width: 45em) ${at(DESKTOP)}, ${at(PHONE)}`
}

/** Which widths a tile's picture is offered in: panoramas are wider than what other lists show. */
export function widthsFor(width: number, height: number): readonly (typeof WIDTHS)[number][] {
  return ratioOf(width, height) > 2 ? [...THUMBNAIL_WIDTHS, 1280] : THUMBNAIL_WIDTHS
}

/** Whether others were shown it. */
export function isShared(photo: PhotoJson & { shared?: boolean }): boolean {
  return photo.shared === true
}
