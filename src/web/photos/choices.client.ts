import { Refusal } from '../shared/api.client'
import { isOtherPerson } from '../shared/session.client'

type Choices = typeof import('../shared/choices/entry.client')

let loading: Promise<Choices> | undefined

/**
 * The dialogs of the page, loaded when the first one is opened.
 * @throws Refusal `network`, or `unauthenticated` where somebody else is signed in by now
 */
export async function loadChoices(page: HTMLElement): Promise<Choices> {
  if (isOtherPerson()) throw new Refusal('unauthenticated')
  loading ??= import(page.dataset.choices ?? '')
  return loading.catch(() => {
    loading = undefined // the next try asks again
    throw new Refusal('network')
  })
}
