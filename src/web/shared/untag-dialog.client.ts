import { callApi, isGone } from './api.client'
import { ask } from './dialogs.client'
import { find } from './elements.client'
import { markChanged } from './returns.client'

/**
 * Asks, and takes a person away from a photo for good. Resolves with whether they are.
 * @param hash any of their own: they are taken away under all of them
 */
export async function removeMyself(photoId: string, hash: string): Promise<boolean> {
  const dialog = find(document, '[data-untag-dialog]', HTMLDialogElement)
  const done = await ask(dialog, 'untag', async () => {
    await callApi('DELETE', `/api/photos/${photoId}/tags/${hash}`).catch((thrown) => {
      if (!isGone(thrown)) throw thrown // the photo is gone, and its tags with it
    })
    return true
  })
  if (done) markChanged()
  return done === true
}
