import { logFailure } from '../lib/failures'
import { SECOND } from '../lib/time'

/** The edge's own cache, as it can be purged: false where the platform refuses for now. */
export interface Edge {
  /** @param tags at most MAX_TAGS */
  purge(tags: string[]): Promise<boolean>
  /** Everything that can change. */
  sweep(): Promise<boolean>
}

export type Sql = Pick<SqlStorage, 'exec'>

// The platform's limits, of a whole account: a call takes 100 tags, a bucket of 25 calls fills by five a minute.
// https://developers.cloudflare.com/cache/how-to/purge-cache/#availability-and-limits
const MAX_TAGS = 100
const BUCKET = 25
/** A little above the platform's 12: a call too early is refused, and the wait begins anew. */
const CALL_EVERY = 12.5 * SECOND

/** Calls that ordinary changes leave in the bucket, so that privacy changes do not wait for one. */
const RESERVE = 5

/** How long tags are gathered for one call before it is made. */
const GATHER = { privacy: 1 * SECOND, ordinary: 5 * SECOND }

/** An ordinary change that waited this long takes of the reserve too, and fits into a call or ends in a sweep. */
const PATIENCE = 20 * SECOND

/** Makes the tables where they are missing. */
export function openBudget(sql: Sql): void {
  sql.exec(
    `CREATE TABLE IF NOT EXISTS waiting (tag TEXT PRIMARY KEY, privacy INTEGER, since INTEGER, added INTEGER) WITHOUT ROWID`,
  )
  sql.exec('CREATE TABLE IF NOT EXISTS budget (id INTEGER PRIMARY KEY, calls REAL, at INTEGER)')
  sql.exec('INSERT OR IGNORE INTO budget VALUES (1, ?, 0)', BUCKET)
}

/** Keeps tags until they are purged. One that waits already waits on, and is purged once for both. */
export function addTags(sql: Sql, values: { tags: string[]; privacy: boolean }, now: number): void {
  sql.exec(
    `INSERT INTO waiting
     SELECT value, ?2, ?3, (SELECT coalesce(max(added), 0) + 1 FROM waiting) FROM json_each(?1) WHERE true
     ON CONFLICT (tag) DO UPDATE SET privacy = max(privacy, excluded.privacy), added = excluded.added`,
    JSON.stringify(values.tags),
    values.privacy ? 1 : 0,
    now,
  )
}

/**
 * When `spendCalls` has something to do, in milliseconds since 1970; null while nothing waits. It does not move with
 * the clock: an alarm that is set again and again must not be put off.
 */
export function findNextCall(sql: Sql): number | null {
  const { since, privacySince } = readWaiting(sql)
  if (since === null) return null
  const ordinary = Math.min(
    Math.max(since + GATHER.ordinary, whenCalls(sql, 1 + RESERVE)),
    Math.max(since + PATIENCE, whenCalls(sql, 1)),
  )
  if (privacySince === null) return ordinary
  return Math.min(ordinary, Math.max(privacySince + GATHER.privacy, whenCalls(sql, 1)))
}

/**
 * Purges what waits, as far as the budget goes: privacy changes first, the longest wait first, each call filled up.
 * What would wait too long is purged all the same, by one call that purges everything: more changes than the budget
 * bears cost misses, never time. What the platform refuses waits for the next call.
 */
export async function spendCalls({ sql, edge }: { sql: Sql; edge: Edge }, now: number): Promise<void> {
  const { count, privacy, since, latest } = readWaiting(sql)
  if (since === null) return
  const calls = Math.floor(countCalls(sql, now))
  const bearable = Math.min(Math.ceil(count / MAX_TAGS), calls - RESERVE)
  const overdue = since + PATIENCE <= now ? 1 : 0
  const urgent = Math.min(Math.max(Math.ceil(privacy / MAX_TAGS), overdue), calls)
  let made = Math.max(bearable, urgent)
  if (made < 1) return
  const fits = made * MAX_TAGS
  const left = readTags(sql, { from: fits, limit: 1 })[0]
  if (left && (privacy > fits || left.since + PATIENCE <= now)) {
    console.warn(`more changes than calls to purge them (${count} tags): everything was purged`)
    writeCalls(sql, countCalls(sql, now) - 1, now)
    if (await succeeds(edge.sweep())) {
      sql.exec('DELETE FROM waiting WHERE added <= ?', latest)
      return
    }
    // Refused for now, or for good: a call of tags goes its own way, so that nothing waits for what never succeeds.
    made = 1
    writeCalls(sql, 1, now)
  }
  const tags = readTags(sql, { from: 0, limit: made * MAX_TAGS }).map((row) => row.tag)
  writeCalls(sql, countCalls(sql, now) - made, now) // before the calls: an end in between must not spend them twice
  for (let at = 0; at < tags.length; at += MAX_TAGS) {
    const some = tags.slice(at, at + MAX_TAGS)
    if (!(await succeeds(edge.purge(some)))) return writeCalls(sql, 0, now)
    // What was added again while the call was under way stays: its write may be newer than the purge.
    const done = JSON.stringify(some)
    sql.exec(
      'DELETE FROM waiting WHERE added <= ?2 AND tag IN (SELECT value FROM json_each(?1))',
      done,
      latest,
    )
  }
}

async function succeeds(call: Promise<boolean>): Promise<boolean> {
  const done = await call.catch((error) => {
    logFailure({ what: 'purge', step: 'edge', cause: error }) // it will be tried again
    return null
  })
  if (done === false)
    logFailure({ what: 'purge', step: 'edge', cause: new Error('the platform refused it for now') })
  return done === true
}

interface Waiting extends Record<string, SqlStorageValue> {
  count: number
  /** How many of them for privacy. */
  privacy: number
  /** The longest wait began then; null where nothing waits. */
  since: number | null
  privacySince: number | null
  latest: number
}

function readWaiting(sql: Sql): Waiting {
  return sql
    .exec<Waiting>(
      `SELECT count(*) AS count, coalesce(sum(privacy), 0) AS privacy, min(since) AS since,
         min(CASE privacy WHEN 1 THEN since END) AS privacySince, coalesce(max(added), 0) AS latest FROM waiting`,
    )
    .one()
}

function readTags(sql: Sql, values: { from: number; limit: number }) {
  return sql
    .exec<{ tag: string; since: number }>(
      'SELECT tag, since FROM waiting ORDER BY privacy DESC, since, tag LIMIT ?2 OFFSET ?1',
      values.from,
      values.limit,
    )
    .toArray()
}

function readCalls(sql: Sql) {
  return sql.exec<{ calls: number; at: number }>('SELECT calls, at FROM budget').one()
}

function countCalls(sql: Sql, now: number): number {
  const { calls, at } = readCalls(sql)
  return Math.min(BUCKET, calls + Math.max(0, now - at) / CALL_EVERY)
}

function whenCalls(sql: Sql, wanted: number): number {
  const { calls, at } = readCalls(sql)
  return Math.ceil(at + Math.max(0, wanted - calls) * CALL_EVERY)
}

function writeCalls(sql: Sql, calls: number, now: number): void {
  sql.exec('UPDATE budget SET calls = ?, at = ?', calls, now)
}
