import { and, desc, eq, sql } from 'drizzle-orm'
import { isMine } from '../accounts/mine'
import { SOMEBODY } from '../accounts/names'
import type { Capabilities } from '../capabilities'
import { blocks } from '../db/schema'
import { Problem } from '../http/problems'
import type { BlockJson } from './answers'
import { nameCorrespondents } from './names'

/** Most addresses that a person may block. All of them are one page. */
export const MAX_BLOCKS = 1000

const TOO_MANY = `You block ${MAX_BLOCKS} people, which is the most. Let one write to you again first.`

type Db = Pick<Capabilities, 'db'>

interface Ref {
  userId: string
  /** Of an e-mail, lower case. */
  hash: string
}

const isBlock = ({ userId, hash }: Ref) => and(eq(blocks.userId, userId), eq(blocks.personHash, hash))

/** Whom a person blocks, the newest first. One page: there are at most MAX_BLOCKS. */
export async function listBlocks({ db }: Db, { userId }: { userId: string }): Promise<BlockJson[]> {
  const rows = await db
    .select({ hash: blocks.personHash })
    .from(blocks)
    .where(eq(blocks.userId, userId))
    .orderBy(desc(sql`${blocks}.rowid`))
  const names = await nameCorrespondents({ db }, { viewerId: userId, hashes: rows.map(({ hash }) => hash) })
  return rows.map(({ hash }) => ({ hash, name: names.get(hash) ?? SOMEBODY, blocked: true }))
}

/** Whether a person blocks an address. */
export async function readBlock({ db }: Db, values: Ref): Promise<BlockJson> {
  const { userId, hash } = values
  const [rows, names] = await Promise.all([
    db.select({ hash: blocks.personHash }).from(blocks).where(isBlock(values)),
    nameCorrespondents({ db }, { viewerId: userId, hashes: [hash] }),
  ])
  return { hash, name: names.get(hash) ?? SOMEBODY, blocked: rows.length > 0 }
}

/**
 * Blocks whoever has an address, under all of theirs: nothing of theirs arrives from now on, and they count as unread
 * no more. What came before stays. Idempotent.
 * @throws Problem `invalid_input` for oneself; `quota_exceeded`
 */
export async function blockPerson(
  { db, inboxes }: Pick<Capabilities, 'db' | 'inboxes'>,
  values: Ref,
): Promise<void> {
  const { userId, hash } = values
  const isOwn = isMine(userId, sql`${hash}`)
  const [[found]] = await db.batch([
    db.select({ isOwn: sql<number>`${isOwn}` }).from(sql`(SELECT 1)`),
    db
      .insert(blocks)
      .select(
        sql`SELECT ${userId}, ${hash} WHERE NOT ${isOwn} AND (SELECT count(*) FROM ${blocks} WHERE ${eq(blocks.userId, userId)}) < ${MAX_BLOCKS}`,
      )
      .onConflictDoNothing(),
  ])
  if (found?.isOwn) throw new Problem('invalid_input', 'This is an address of your own.')
  if (!(await readBlock({ db }, values)).blocked) throw new Problem('quota_exceeded', TOO_MANY)
  inboxes.poke(userId)
}

/** Lets whoever has an address write again. What they wrote meanwhile was delivered to nobody, and stays so. Idempotent. */
export async function unblockPerson(
  { db, inboxes }: Pick<Capabilities, 'db' | 'inboxes'>,
  values: Ref,
): Promise<void> {
  await db.delete(blocks).where(isBlock(values))
  inboxes.poke(values.userId)
}
