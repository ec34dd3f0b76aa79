import type { PhotoJson } from '../../photos/answers'
import { THUMBNAIL_WIDTHS, type WIDTHS } from '../../renditions/sizes'
import { ratioClasses, ratioOf } from './ratios'
import { toneClasses } from './tones'

/** What the gallery knows of each photo: a list of thousands is kept in the page, so nothing more. */
export type ShownPhoto = Pick<
  PhotoJson,
  | 'id'
  | 'width'
  | 'height'
  | 'rating'
  | 'altText'
  | 'fileName'
  | 'active'
  | 'takenAt'
  | 'standIn'
  | 'createdAt'
>

export function toShown(photo: ShownPhoto): ShownPhoto {
  const { id, width, height, rating, altText, fileName, active, takenAt, standIn, createdAt } = photo
  return { id, width, height, rating, altText, fileName, active, takenAt, standIn, createdAt }
}

/** How high a row is at least, in CSS pixels, as in gallery.css. Rows grow to fill the page, by a tenth in the middle. */
export const [DESKTOP, PHONE] = [220, 120]
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

/** The classes of a tile: its ratio, its colour until the picture comes, and whether it is what shows. */
export function tileClasses({ width, height, standIn, active }: ShownPhoto): string {
  return `photo ${ratioClasses(width ?? 1, height ?? 1)}${toneClasses(standIn)}${active ? ' active' : ''}`
}
