import type { Framing } from './framing'

/** A framing that is not done yet: a reload keeps it, the tab's end forgets it. */
interface Draft {
  framing: Framing
  altText: string
}

const keyOf = (photoId: string) => `framing ${photoId}`

export function rememberDraft(photoId: string, draft: Draft): void {
  keep(sessionStorage, keyOf(photoId), draft)
}

export function readDraft(photoId: string): Draft | null {
  return read<Draft | null>(sessionStorage, keyOf(photoId), null)
}

export function forgetDraft(photoId: string): void {
  sessionStorage.removeItem(keyOf(photoId))
}

/**
 * How crops were turned, by their ids: the server keeps their squares alone. On another device a square opens upright.
 * Signing out makes the browser forget.
 */
const TURNS = 'turns'

/** What is kept at most: the oldest go. */
const KEPT = 200

export function rememberTurn(cropId: string, turn: number): void {
  if (turn) keep(localStorage, TURNS, [...readTurns(), [cropId, turn]].slice(-KEPT))
}

export function turnOf(cropId: string): number {
  return readTurns().find(([id]) => id === cropId)?.[1] ?? 0
}

const readTurns = () => read<[string, number][]>(localStorage, TURNS, [])

function keep(store: Storage, key: string, value: unknown): void {
  try {
    store.setItem(key, JSON.stringify(value))
  } catch {
    // A full or closed store: it opens as if nothing had been kept.
  }
}

function read<T>(store: Storage, key: string, otherwise: T): T {
  try {
    return JSON.parse(store.getItem(key) ?? 'null') ?? otherwise
  } catch {
    return otherwise
  }
}
