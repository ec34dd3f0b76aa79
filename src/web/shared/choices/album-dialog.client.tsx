import { t } from '../../../lang/photos'
import { callApi, Refusal } from '../api.client'
import { ask } from '../dialogs.client'
import { draw } from '../draw.client'
import { find } from '../elements.client'
import { readAll } from '../pages.client'
import { explain } from '../refusals.client'
import type { AlbumJson } from '../sharing'
import { AlbumChoices } from './album-dialog'

/** Asks which album to add to, and makes it where it is a new one; null if nothing was chosen. */
export function chooseAlbum(): Promise<AlbumJson | null> {
  const dialog = find(document, '[data-album-dialog]', HTMLDialogElement)
  const choices = find(dialog, '[data-albums]', HTMLFieldSetElement)
  const fresh = find(dialog, '[data-new-album]', HTMLElement)
  const title = find(fresh, 'input', HTMLInputElement)
  const error = find(dialog, '[data-error]', HTMLElement)
  let albums: AlbumJson[] = []
  const chosen = () => choices.querySelector<HTMLInputElement>('input:checked')?.value ?? 'new'
  const show = () => {
    fresh.hidden = chosen() !== 'new'
  }
  title.value = ''
  choices.replaceChildren()
  choices.onchange = () => {
    show()
    if (!fresh.hidden) title.focus()
  }
  const done = ask(dialog, 'add', async () => {
    const album = albums.find(({ id }) => id === chosen())
    if (album) return album
    if (!title.value.trim()) {
      title.focus()
      throw new Refusal('invalid_input', t().album.untitled)
    }
    return callApi<AlbumJson>('POST', '/api/albums', { title: title.value.trim() })
  })
  fresh.hidden = true
  readAll<AlbumJson>('/api/albums')
    .then((all) => {
      albums = all.filter(({ role }) => role !== 'viewer')
      choices.replaceChildren(draw(<AlbumChoices albums={albums} />))
      show()
      ;(fresh.hidden ? find(choices, 'input:checked', HTMLInputElement) : title).focus()
    })
    .catch((thrown) => {
      error.textContent = explain(thrown)
    })
  return done
}
