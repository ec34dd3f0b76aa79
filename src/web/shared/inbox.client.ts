import type { UnreadJson } from '../../messages/answers'
import { callApi } from './api.client'

declare global {
  interface DocumentEventMap {
    /** Says how many people wrote, whenever that is heard (`web/badge`). */
    people: CustomEvent<number>
  }
}

/**
 * Opens the inbox on all devices, up to a message that is on the page.
 * @returns how many people are new then
 * @throws Refusal
 */
export async function markOpened(upTo: string): Promise<number> {
  const { people } = await callApi<UnreadJson>('POST', '/api/inbox/open', { upTo })
  document.dispatchEvent(new Event('inbox-opened'))
  return people
}

/** Does something once the page is looked at: what stands in a tab behind others has not been shown. Failing is silent. */
export function whenSeen(work: () => Promise<unknown>): void {
  if (!document.hidden) return void work().catch(() => undefined)
  document.addEventListener('visibilitychange', () => whenSeen(work), { once: true })
}
