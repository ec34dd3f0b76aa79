import type { Rating } from '../../lib/ratings'
import { pictureUrl } from './urls'

/** In pixels: as our own pages show it. */
const SIZE = 320

/** The address of a person's public picture on our own pages. @param base path or URL without parameters */
export function ownPictureUrl(base: string, rating: Rating): string {
  return pictureUrl(base, SIZE, rating)
}

/**
 * Fetches a public picture anew. It may be five minutes old in this browser's cache: `reload` replaces what it holds. As
 * an image would be asked for, or the answer would be kept as another one. null where it cannot be had.
 */
export async function fetchAnew(url: string): Promise<Response | null> {
  const headers = { accept: 'image/avif,image/webp,image/*,*/*;q=0.8' }
  const response = await fetch(url, { cache: 'reload', headers }).catch(() => null)
  return response?.ok ? response : null
}

/** Fetches one's own picture of the header anew. The image itself would not ask again. */
export async function refreshOwnFace(publicKey: string): Promise<void> {
  const faces = [...document.querySelectorAll<HTMLImageElement>('header img')].filter(
    ({ src, dataset }) => dataset.url ?? src.startsWith(`${location.origin}/${publicKey}?`),
  )
  const url = faces[0]?.dataset.url ?? faces[0]?.src
  const response = url && (await fetchAnew(url))
  if (!response) return
  const fresh = URL.createObjectURL(await response.blob())
  for (const face of faces) {
    face.dataset.url = url
    face.src = fresh
  }
}
