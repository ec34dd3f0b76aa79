import { Refusal } from '../api.client'
import type { Why } from './rows.client'

/** What the tray itself has to say of a row. */
export class Lost extends Error {
  constructor(readonly why: Why) {
    super(why)
  }
}

/** Whether what failed may pass by itself, as when the connection is back. */
export function isPassing(thrown: unknown): boolean {
  return thrown instanceof Refusal && (thrown.reason === 'network' || thrown.reason === 'unavailable')
}

/** Whether the same file may pass when it is tried again. */
export function mayPassLater(why: Why): boolean {
  const passing: Why[] = [
    ...(['network', 'unavailable', 'not_uploaded', 'not_found', 'rate_limited'] as const),
    ...(['unauthenticated', 'quota_exceeded', 'not_in_album'] as const),
  ]
  return passing.includes(why)
}
