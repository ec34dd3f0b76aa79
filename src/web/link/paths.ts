import type { WIDTHS } from '../../renditions/sizes'

/** What a page needs of the link that it shows. */
export interface Linked {
  token: string
  download: boolean
}

type Width = (typeof WIDTHS)[number]

/** Path of a photo by its link, at most that wide. */
export function linkedPath({ token }: Linked, photoId: string, width?: Width): string {
  return `/l/${token}/${photoId}${width ? `?w=${width}` : ''}`
}

/** `srcset` of a photo by its link. */
export function linkedSrcset(linked: Linked, photoId: string, widths: readonly Width[]): string {
  return widths.map((width) => `${linkedPath(linked, photoId, width)} ${width}w`).join(', ')
}
