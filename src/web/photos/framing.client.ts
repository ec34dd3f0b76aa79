import type { PhotoJson } from '../../photos/answers'
import { callApi, Refusal } from '../shared/api.client'
import type { CropCall } from '../shared/crop/crop-call.client'
import { isOtherPerson } from '../shared/session.client'
import { rawPath } from '../shared/urls'

interface Framing {
  photoId: string
  /** URL of the picture that the page shows of it. */
  preview: string
  /** Whether it is the owner's picture already. */
  isShown: boolean
  /** Done at the end, within the dialog. */
  finish: () => Promise<void>
}

/**
 * Frames a photo in a dialog over the gallery, which is loaded for it, and asks for its description. Resolves with the
 * photo as it is then, or null where that was left.
 * @throws Refusal `not_found` where it was deleted elsewhere, `network`, `unauthenticated`
 */
export async function framePhoto(page: HTMLElement, values: Framing): Promise<PhotoJson | null> {
  if (isOtherPerson()) throw new Refusal('unauthenticated')
  const { photoId, preview, isShown, finish } = values
  const userId = page.dataset.user ?? ''
  const load = (): Promise<{ openCrop: CropCall }> => import(page.dataset.crop ?? '')
  const [{ openCrop }, photo] = await Promise.all([
    load().catch(() => {
      throw new Refusal('network')
    }),
    callApi<PhotoJson>('GET', `/api/photos/${photoId}`),
  ])
  return openCrop({
    ...{ userId, photo, preview, isShown, finish },
    sharper: rawPath(userId, photoId, 1280),
    faces: [],
    maxBytes: Number(page.dataset.maxBytes),
  })
}
