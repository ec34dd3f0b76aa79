import { callApi, Refusal } from '../shared/api.client'
import { ask } from '../shared/dialogs.client'
import { find } from '../shared/elements.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import type { AlbumJson } from '../shared/sharing'

const page = find(document, '[data-albums-page]', HTMLElement)
const dialog = find(page, '[data-create-dialog]', HTMLDialogElement)
const title = find(dialog, '[name=title]', HTMLInputElement)

watchSession()
watchPictures()

find(page, '[data-create]', HTMLButtonElement).addEventListener('click', async () => {
  title.value = ''
  const album = await ask(dialog, 'create', async () => {
    if (!title.value.trim()) {
      title.focus()
      throw new Refusal('invalid_input', 'Give the album a title.')
    }
    return callApi<AlbumJson>('POST', '/api/albums', { title: title.value.trim() })
  })
  if (album) location.assign(`/albums/${album.id}`)
})
