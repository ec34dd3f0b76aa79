import { DAY, SECOND } from '../lib/time'

/** What counting works with: the database alone, so that the path of the pictures need not open Drizzle for it. */
export interface Counters {
  db: { $client: D1Database }
  now: number
}

/** What is counted for persons by their id, and not for their network: it goes with them. */
export const OF_PERSONS = [
  ...(['tokens', 'exports', 'archives', 'primaries', 'transforms'] as const),
  ...(['messages', 'characters', 'strangers', 'invitations'] as const),
] as const

/** All that is counted. What is not here does not compile: nobody is to forget whom a new one is about. */
export type Counted = (typeof OF_PERSONS)[number] | 'mails' | 'accounts' | 'link-passwords'

/** One row that a use is counted in. */
export interface Line {
  who: string
  /** How many uses a day it takes. */
  limit: number
}

/** `2026-11-25`: the day of a time, UTC. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

/** Seconds until every allowance of a day is whole again: for `Retry-After`. */
export function secondsLeft(now: number): number {
  return Math.ceil((DAY - (now % DAY)) / SECOND)
}

/**
 * Counts one use in all of these lines, or in none where any of them is at its limit. One statement: calls in parallel
 * cannot pass together.
 * @returns false where nothing was counted
 */
export async function countUse(
  { db, now }: Counters,
  values: { kind: Counted; lines: Line[] },
): Promise<boolean> {
  const result = await db.$client
    .prepare(
      `INSERT INTO counts (day, kind, who, used)
       SELECT ?1, ?2, value ->> 'who', 1 FROM json_each(?3)
       WHERE NOT EXISTS (
         SELECT 1 FROM json_each(?3) AS line
         LEFT JOIN counts AS c ON c.day = ?1 AND c.kind = ?2 AND c.who = line.value ->> 'who'
         WHERE COALESCE(c.used, 0) >= line.value ->> 'limit'
       )
       ON CONFLICT (day, kind, who) DO UPDATE SET used = used + 1`,
    )
    .bind(dayOf(now), values.kind, JSON.stringify(values.lines))
    .run()
  return result.meta.changes > 0
}

/** Takes a use back from the lines that it was counted in. */
export async function takeBackUse(
  { db, now }: Counters,
  values: { kind: Counted; lines: Line[] },
): Promise<void> {
  await db.$client
    .prepare(
      `UPDATE counts SET used = used - 1
       WHERE day = ?1 AND kind = ?2 AND used > 0 AND who IN (SELECT value ->> 'who' FROM json_each(?3))`,
    )
    .bind(dayOf(now), values.kind, JSON.stringify(values.lines))
    .run()
}
