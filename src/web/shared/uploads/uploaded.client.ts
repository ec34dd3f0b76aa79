import type { PhotoJson } from '../../../photos/answers'

/** A photo that came in by the tray, from whichever page or tab. */
export interface Uploaded {
  photo: PhotoJson
  /** The album that it is in, too. */
  albumId: string | null
}

/** Tells a page of photos that come in while it is open. One may be told of that is on the page already. */
export function watchUploaded(take: (uploaded: Uploaded) => void): void {
  document.addEventListener('cameo:uploaded', (event) => take((event as CustomEvent<Uploaded>).detail))
}
