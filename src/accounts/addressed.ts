import { and, type Column, eq, getTableName, lte, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Capabilities } from '../capabilities'
import { inBatches, type Rest } from '../db/batches'
import { type Address, addresses } from '../db/schema'
import { DAY } from '../lib/time'
import { ERASE_AGAIN_SECONDS } from '../renditions/keys'

// What others have addressed to a person stands under the hashes of their e-mails, with no reference to an account:
// whoever is meant may not have one. So it does not go with the account by itself. It goes by a job once a hash is
// somebody's no more, and by the clean-up where nobody ever came for it.

/**
 * A table whose rows are addressed to people. A feature that has one lists it in `cron.ts`, and nothing here knows it.
 * It needs an index that begins with `hash`, and one on `createdAt`.
 */
export interface AddressedTable {
  table: SQLiteTable
  /** Of the e-mail that a row is addressed to. */
  hash: Column
  /** Milliseconds: since when it is. */
  createdAt: Column
  /** What may stand before the hash, of one character: rows so marked go when those without it would. */
  mark?: string
}

/** Erase what is addressed to hashes that were somebody's. */
export interface AddressedJob {
  /** Of addresses, in both forms of an international domain. */
  addressed: string[]
  /** Whose they were: the id of the account. */
  of: string
  /** Milliseconds: what came later is for whoever has the address then. */
  before: number
}

/** Rows of one table that a message erases, or a run of the clean-up looks at: 10,000. */
const ROWS = { size: 500, steps: 20 }

/** How long something waits for somebody who has never signed in. */
export const WAITS = 180 * DAY

/** The job that erases what is addressed to a person under some of their addresses. */
export function toAddressedJob(
  { now }: Pick<Capabilities, 'now'>,
  values: { userId: string; addresses: Pick<Address, 'hash' | 'hashAlias'>[] },
): AddressedJob {
  const hashes = values.addresses.flatMap(({ hash, hashAlias }) => (hashAlias ? [hash, hashAlias] : [hash]))
  return { addressed: hashes, of: values.userId, before: now }
}

/** Both messages of a job: due soon, and once more past whatever was under way. */
export function twice<Job>(body: Job): { body: Job; delaySeconds: number }[] {
  return [1, ERASE_AGAIN_SECONDS].map((delaySeconds) => ({ body, delaySeconds }))
}

/**
 * The consumer. Erases a bounded part in each message, and another message goes on. Nothing of an address that the same
 * account still has from before: its removal failed or is under way, and the later job will find it gone. Where
 * somebody has added it since, what came before still goes: it was for whoever had the address then. Idempotent.
 */
export async function eraseAddressed(
  { db, erasures }: Pick<Capabilities, 'db' | 'erasures'>,
  values: { job: AddressedJob; tables: readonly AddressedTable[] },
): Promise<void> {
  const { job, tables } = values
  const kept = await db
    .select({ hash: addresses.hash, hashAlias: addresses.hashAlias })
    .from(addresses)
    .where(and(eq(addresses.userId, job.of), lte(addresses.createdAt, job.before)))
  const hashes = job.addressed.filter(
    (hash) => !kept.some((address) => address.hash === hash || address.hashAlias === hash),
  )
  if (!hashes.length) return
  let isDone = true
  for (const { table, hash, createdAt, mark } of tables) {
    const marked = mark ? hashes.map((hash) => mark + hash) : []
    const isGone = sql`${isListed(hash, [...hashes, ...marked])} AND ${lte(createdAt, job.before)}`
    const isEmpty = await inBatches(ROWS, async (size) => {
      const some = sql`SELECT rowid FROM ${table} WHERE ${isGone} LIMIT ${size}`
      return (await db.run(sql`DELETE FROM ${table} WHERE rowid IN (${some})`)).meta.changes
    })
    isDone &&= isEmpty
  }
  if (!isDone) await erasures.send(job)
}

/** The name under which the cron runs the clean-up of a table. */
export function nameCleanUp({ table }: AddressedTable): string {
  return `addressed ${getTableName(table)}`
}

/**
 * Removes from one table what is older than WAITS and addressed to a hash that no account has. The newest first, of
 * which an hour brings only so many: however many rows stay because somebody did come, none waits behind them. What
 * stays is passed by its place, so that no run looks at it again before the next hour. Idempotent.
 * @param values.place what the run before left
 */
export async function cleanUpAddressed(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  values: { from: AddressedTable; place: Rest },
): Promise<Rest> {
  const { table, hash: column, createdAt, mark } = values.from
  const hash = mark ? sql`ltrim(${column}, ${mark})` : column
  const over = now - WAITS
  const isNobodys = sql`NOT EXISTS (SELECT 1 FROM ${addresses} WHERE ${addresses.hash} = ${hash}) AND NOT EXISTS (SELECT 1 FROM ${addresses} WHERE ${addresses.hashAlias} = ${hash})`
  let [time = over, rowid = 0] = values.place?.split(' ').map(Number) ?? []
  const isDone = await inBatches(ROWS, async (size) => {
    const rows = await db.all<{ id: number; time: number; isNobodys: number }>(
      sql`SELECT rowid AS id, ${createdAt} AS time, ${isNobodys} AS isNobodys FROM ${table} WHERE (${createdAt}, rowid) < (${time}, ${rowid}) ORDER BY ${createdAt} DESC, rowid DESC LIMIT ${size}`,
    )
    const ids = rows.filter((row) => row.isNobodys).map(({ id }) => id)
    // Asked again: somebody may have come meanwhile, and a number may be another row's by now.
    if (ids.length)
      await db.run(
        sql`DELETE FROM ${table} WHERE ${isListed(sql`rowid`, ids)} AND ${createdAt} < ${over} AND ${isNobodys}`,
      )
    const last = rows.at(-1)
    if (last) [time, rowid] = [last.time, last.id]
    return rows.length
  })
  return isDone ? null : `${time} ${rowid}`
}

/** One value for any number of them: D1 binds at most 100. */
function isListed(column: SQL | Column, values: (string | number)[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`
}
