import type { WIDTHS } from '../../renditions/sizes'

/** What a page needs of the link that it shows. */
export interface Linked {
  token: string
  download: boolean
  /** Where the page of an album begins, as its URL says it; null for the first. */
  cursor: string | null
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

/**
 * From a page of an album to the large view of a photo, or with null back to the page.
 * @param at the photo that the page is to show when it opens
 */
export function largePath({ cursor }: Linked, photoId: string | null, at?: string): string {
  const query = new URLSearchParams()
  if (cursor !== null) query.set('cursor', cursor)
  if (photoId !== null) query.set('photo', photoId)
  return `?${query}${at === undefined ? '' : `#t-${at}`}`
}
