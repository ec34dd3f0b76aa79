import type { Code } from '../../http/problems'
import { isOtherPerson, reportSignedOut } from './session.client'

/** What can go wrong with a call: the server's codes, no connection, and what the page itself refuses. */
export type Reason = Code | 'network' | 'empty' | 'unreadable' | 'already_here'

/** A refused or failed call. */
export class Refusal extends Error {
  readonly reason: Reason
  /** Whether its text is the page's own, in the language of the page. */
  readonly isOurs: boolean

  /** @param detail what the page says; with `isOurs` false the server's public text, empty where it gave none */
  constructor(reason: Reason, detail = '', { isOurs = true } = {}) {
    super(detail)
    this.reason = reason
    this.isOurs = isOurs
  }
}

/**
 * Calls the JSON API. An answer without a body resolves with undefined. Where the session is over the page says so,
 * and how to go on.
 * @param more headers beside those that every call has
 * @throws Refusal
 */
export async function callApi<T = undefined>(
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
): Promise<T> {
  if (isOtherPerson()) throw new Refusal('unauthenticated')
  const headers: Record<string, string> = { accept: 'application/json', ...more }
  const init: RequestInit = { method, headers }
  if (body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  const response = await fetch(path, init).catch(() => {
    throw new Refusal('network')
  })
  if (!response.ok) {
    const refusal = await readRefusal(response)
    if (isSignedOut(refusal)) reportSignedOut()
    throw refusal
  }
  const text = await response.text().catch(() => {
    throw new Refusal('network')
  })
  return (text ? JSON.parse(text) : undefined) as T
}

async function readRefusal(response: Response): Promise<Refusal> {
  const problem: { code?: Code; detail?: string } = await response.json().catch(() => ({}))
  return new Refusal(problem.code ?? 'unavailable', problem.detail, { isOurs: false })
}

/** Whether a call failed because the session is over: the page says so by itself. */
export function isSignedOut(thrown: unknown): boolean {
  return thrown instanceof Refusal && thrown.reason === 'unauthenticated'
}

/** Whether what a call was about is gone: deleted in another tab or on another device. */
export function isGone(thrown: unknown): boolean {
  return thrown instanceof Refusal && thrown.reason === 'not_found'
}
