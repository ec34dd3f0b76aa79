import { callApi } from '../shared/api.client'
import { find } from '../shared/elements.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import type { AlbumJson } from '../shared/sharing'
import { askTitle } from '../shared/title-dialog.client'

const page = find(document, '[data-albums-page]', HTMLElement)

watchSession()
watchPictures()

find(page, '[data-create]', HTMLButtonElement).addEventListener('click', async () => {
  const save = (title: string) => callApi<AlbumJson>('POST', '/api/albums', { title })
  const album = await askTitle(page, { title: '', save })
  if (album) location.assign(`/albums/${album.id}`)
})
