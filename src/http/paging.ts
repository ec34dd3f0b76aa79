import * as z from 'zod/mini'
import { once } from '../lib/once'
import { Problem } from './problems'

const cursorShape = once(() => z.tuple([z.number(), z.string()]))

/** The opaque cursor of a list that is ordered by time and id, newest first. */
export function encodeCursor(createdAt: number, id: string): string {
  return btoa(JSON.stringify([createdAt, id]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/**
 * Reads `?cursor=` and `?limit=` (1..100, default 50) of a list call.
 * @throws Problem `invalid_input`
 */
export function readPage(query: { cursor?: string; limit?: string }): {
  limit: number
  cursor: { createdAt: number; id: string } | null
} {
  const limit = query.limit ? Number(query.limit) : 50
  if (!Number.isInteger(limit) || limit < 1)
    throw new Problem('invalid_input', 'limit: a number from 1 to 100.')
  return { limit: Math.min(limit, 100), cursor: query.cursor ? decodeCursor(query.cursor) : null }
}

function decodeCursor(text: string): { createdAt: number; id: string } {
  try {
    const [createdAt, id] = cursorShape().parse(
      JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/'))),
    )
    return { createdAt, id }
  } catch {
    throw new Problem('invalid_input', 'cursor: not one that this server gave out.')
  }
}
