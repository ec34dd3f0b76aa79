import { t } from '../../lang/albums'
import { Refusal } from './api.client'
import { ask } from './dialogs.client'
import { find } from './elements.client'
import type { AlbumJson } from './sharing'

/**
 * Asks for the title of an album and does with it what was asked for.
 * @param values.title what the album is called now; empty for a new one
 * @returns the album after it, or null where nothing was done
 */
export function askTitle(
  page: HTMLElement,
  values: { title: string; save: (title: string) => Promise<AlbumJson> },
): Promise<AlbumJson | null> {
  const dialog = find(page, '[data-title-dialog]', HTMLDialogElement)
  const input = find(dialog, '[name=title]', HTMLInputElement)
  input.value = values.title
  return ask(dialog, 'save', async () => {
    const title = input.value.trim()
    if (title) return values.save(title)
    input.focus()
    throw new Refusal('invalid_input', t().giveTitle)
  })
}
