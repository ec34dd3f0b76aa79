import type { Code } from '../../http/problems'

/** What can go wrong with a call: the server's codes, no connection, and what the browser itself refuses. */
export type Reason = Code | 'network' | 'empty' | 'unreadable'

/** A refused or failed call. */
export class Refusal extends Error {
  readonly reason: Reason

  /** @param detail the server's public text, empty where it gave none */
  constructor(reason: Reason, detail = '') {
    super(detail)
    this.reason = reason
  }
}

/**
 * Calls the JSON API. An answer without a body resolves with undefined.
 * @throws Refusal
 */
export async function callApi<T = undefined>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const init: RequestInit = { method, headers }
  if (body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  const response = await fetch(path, init).catch(() => {
    throw new Refusal('network')
  })
  if (!response.ok) throw await readRefusal(response)
  const text = await response.text().catch(() => {
    throw new Refusal('network')
  })
  return (text ? JSON.parse(text) : undefined) as T
}

async function readRefusal(response: Response): Promise<Refusal> {
  const problem: { code?: Code; detail?: string } = await response.json().catch(() => ({}))
  return new Refusal(problem.code ?? 'unavailable', problem.detail)
}

/** Sends the person to sign in again if that is what a call was refused for. */
export function leaveIfSignedOut(thrown: unknown): void {
  if (thrown instanceof Refusal && thrown.reason === 'unauthenticated') {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`)
  }
}
