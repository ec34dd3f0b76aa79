import { showDialog } from './dialogs.client'
import { find } from './elements.client'
import { startLinks } from './share-links.client'
import { startPeople } from './share-people.client'
import type { KnownMember, LinkJson, ShareJson, ShareTarget } from './sharing'
import { say } from './toasts.client'

/** Who may see it, as the dialog left it; null where it was not read. */
export interface Shared {
  people: (ShareJson | KnownMember)[] | null
  links: LinkJson[] | null
}

/** Shows the dialog until it is closed, and says who may see it then. What is done in it is done at once. */
export async function openShareDialog(target: ShareTarget): Promise<Shared> {
  const dialog = find(document, '[data-share-dialog]', HTMLDialogElement)
  const title = find(dialog, '[data-title]', HTMLElement)
  title.textContent = target.title
  say(dialog, '')
  const people = startPeople(dialog, target)
  // Of several things at once no links are made.
  const [base] = target.bases.length === 1 ? target.bases : []
  const section = find(dialog, '[data-link-form]', HTMLElement).closest('section')
  if (section) section.hidden = base === undefined
  const links = base === undefined ? null : startLinks(dialog, base)
  const closed = showDialog(dialog)
  title.focus()
  await closed
  people.stop()
  links?.stop()
  return { people: people.read(), links: links?.read() ?? null }
}
