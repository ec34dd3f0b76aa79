import { and, asc, eq, gt, ne, type SQL, sql } from 'drizzle-orm'
import type { ExportCaps, ExportSection } from '../accounts/export'
import { readPerson } from '../accounts/person'
import { UNDELIVERED } from '../db/post'
import { addresses, blocks, conversations, messages } from '../db/schema'

/** Rows that one query lists. */
const PAGE = 500

/** Whom the person writes with, every message to and from them, and whom they block. */
export const messagesSection: ExportSection = (caps, { user }) => ({
  readMembers: async () => ({
    conversations: listConversations(caps, user.id),
    messages: listMessages(caps, user.id),
    blocks: await caps.db.select({ hash: blocks.personHash }).from(blocks).where(eq(blocks.userId, user.id)),
  }),
})

const recipient = sql<string>`ltrim(${messages.recipientHash}, ${UNDELIVERED})`
const message = {
  id: messages.id,
  from: messages.senderHash,
  to: recipient,
  kind: messages.kind,
  text: messages.text,
  photoId: messages.photoId,
  albumId: messages.albumId,
  createdAt: messages.createdAt,
}

/**
 * What the person sent, then what came to each of their addresses; each in its order.
 * @throws Problem `unauthenticated` where the account went meanwhile, and the rest of the list with it
 */
async function* listMessages(caps: ExportCaps, userId: string) {
  yield* listPages(caps, and(eq(messages.senderId, userId)), [messages.createdAt, messages.seq])
  for (const hash of await readHashes(caps, userId))
    yield* listPages(caps, and(eq(messages.recipientHash, hash), ne(messages.senderId, userId)), [
      messages.senderHash,
      messages.seq,
    ])
  await readPerson(caps, { userId })
}

/** In the order of an index, each page begun where the last one ended. */
async function* listPages(
  { db }: ExportCaps,
  where: SQL | undefined,
  order: [typeof messages.createdAt | typeof messages.senderHash, typeof messages.seq],
) {
  const [first, seq] = order
  let last: { place: string | number; seq: number } | undefined
  do {
    const after = last && sql`(${first}, ${seq}) > (${last.place}, ${last.seq})`
    const page = await db
      .select({ message, seq, place: sql<string | number>`${first}` })
      .from(messages)
      .where(and(where, after))
      .orderBy(asc(first), asc(seq))
      .limit(PAGE)
    for (const row of page) yield row.message
    last = page.length === PAGE ? page.at(-1) : undefined
  } while (last)
}

/** Both directions of each, as they are kept: with the time of the newest message. */
async function* listConversations(caps: ExportCaps, userId: string) {
  const { recipientHash, senderHash, senderId, lastSeq, lastMessageAt } = conversations
  for (const mine of await readHashes(caps, userId))
    for (const [own, other, whose] of [
      [recipientHash, senderHash, ne(senderId, userId)],
      [senderHash, recipientHash, eq(senderId, userId)],
    ] as const) {
      let last = 0
      for (let count = PAGE; count === PAGE; ) {
        const page = await caps.db
          .select({ hash: sql<string>`ltrim(${other}, ${UNDELIVERED})`, lastMessageAt, lastSeq })
          .from(conversations)
          .where(and(eq(own, mine), gt(lastSeq, last), whose))
          .orderBy(asc(lastSeq))
          .limit(PAGE)
        for (const { hash, lastMessageAt } of page)
          yield { mine, hash, byMe: own === senderHash, lastMessageAt }
        count = page.length
        last = page.at(-1)?.lastSeq ?? last
      }
    }
}

async function readHashes({ db }: ExportCaps, userId: string): Promise<string[]> {
  const { hash, hashAlias } = addresses
  const rows = await db.select({ hash, hashAlias }).from(addresses).where(eq(addresses.userId, userId))
  return rows.flatMap(({ hash, hashAlias }) => (hashAlias ? [hash, hashAlias] : [hash]))
}
