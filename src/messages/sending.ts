import { type SQL, sql } from 'drizzle-orm'
import { toRecipient } from '../accounts/holder'
import { isMine } from '../accounts/mine'
import type { Person } from '../accounts/person'
import { isReady } from '../accounts/standing'
import { tellOnce } from '../budgets/budgets'
import { type Counted, dayOf, secondsLeft } from '../budgets/counts'
import type { Capabilities } from '../capabilities'
import { findRecipient, postMessage } from '../db/post'
import { counts, messageKeys, photoShares } from '../db/schema'
import { Problem } from '../http/problems'
import { digestHex, randomToken } from '../lib/crypto'
import { DAY } from '../lib/time'
import { MAX_SHARES } from '../sharing/people/shares'
import type { MessageJson } from './answers'
import { selectMessages, toMessage } from './message'
import { findSender } from './thread'

// What a person may send in a day (UTC). Counted in the statement that lets a message through.

/** Messages, to anybody. */
export const MESSAGES_A_DAY = 1000

/** Messages to one other person. */
export const MESSAGES_TO_ONE = 500

/** The same while that person has never written to them. */
export const UNANSWERED_TO_ONE = 20

/** People who have never written to them, and get messages of theirs on that day. */
export const STRANGERS_A_DAY = 100

/** Characters of all these together, as JavaScript counts them: texts are what fills a database. */
export const CHARACTERS_A_DAY = 400_000

/** How long a client's key for a message means that message, in milliseconds. */
export const KEY_LIFE = DAY

type Desk = Pick<Capabilities, 'db' | 'now' | 'config' | 'inboxes' | 'origin'>

/** A message before it is one; hashes in lower case. */
export interface Draft {
  to: string
  /** One of the sender's own; null for the one that fits. */
  from: string | null
  text: string
  /** A photo of the sender's, which the message shows. */
  photoId: string | null
  /** Whether the recipient is to be told by e-mail, too. */
  invited?: boolean
}

interface Values {
  user: Pick<Person, 'id' | 'hash'>
  draft: Draft
  /** What the client calls the message; null where it does not. */
  key: string | null
}

/**
 * Writes to whoever has an e-mail, or comes to have it; a photo is shown to them with it. One transaction: the claim of
 * the key is the first statement, holds every rule, and everything after it stands on the claim. So calls in parallel
 * cannot pass together, and the same key twice at once is one message. Whether the hash is anybody's, and whether they
 * block the sender, changes neither the statements nor the answer.
 * @returns the message, the same again for the same key and body within KEY_LIFE
 * @throws Problem `invalid_input` to oneself, or from an address of another; `not_found` for a photo that is not the
 *   sender's own or not ready; `quota_exceeded` where it is shown to too many; `idempotency_conflict`; `rate_limited`
 *   beyond the day's allowances; `budget_exhausted` where the service has used up its day
 */
export async function sendMessage(caps: Desk, values: Values): Promise<MessageJson> {
  const { db, now, inboxes } = caps
  const { user, draft, key } = values
  const { to, text, photoId } = draft
  const id = crypto.randomUUID()
  const claim = {
    keyHash: await digestHex('SHA-256', key ?? randomToken()),
    bodyHash: await digestHex(
      'SHA-256',
      JSON.stringify([to, draft.from, text, photoId, ...(draft.invited ? [1] : [])]),
    ),
  }
  const state = stateOf(caps, { ...values, ...claim })
  const isClaimed = sql`EXISTS (SELECT 1 FROM ${messageKeys} WHERE sender_id = ${user.id} AND key_hash = ${claim.keyHash} AND message_id = ${id})`
  const message = {
    ...{ id, kind: photoId ? ('share' as const) : ('message' as const), photoId, albumId: null, text },
    recipientHash: toRecipient({ recipientHash: to, senderId: user.id }),
    senderHash: findSender({ user, hash: to, as: draft.from }),
    ...{ senderId: user.id, createdAt: now },
  }
  const kept = sql`SELECT message_id FROM ${messageKeys} WHERE sender_id = ${user.id} AND key_hash = ${claim.keyHash} AND body_hash = ${claim.bodyHash}`
  const seqs = sql`SELECT seq FROM messages WHERE id = ${id} OR id = (${kept})`
  const [, , , , , [recipient], [row]] = await db.batch([
    db
      .insert(messageKeys)
      .select(
        sql`SELECT ${user.id}, ${claim.keyHash}, ${claim.bodyHash}, ${id}, ${now} FROM users, (${state}) AS state WHERE users.id = ${user.id} AND ${isAllowed(caps, draft)}`,
      )
      .onConflictDoUpdate({
        target: [messageKeys.senderId, messageKeys.keyHash],
        set: {
          bodyHash: sql`excluded.body_hash`,
          messageId: sql`excluded.message_id`,
          createdAt: sql`excluded.created_at`,
        },
      }),
    count(caps, values, isClaimed),
    db
      .insert(photoShares)
      .select(sql`SELECT ${photoId}, ${to}, ${now} WHERE ${photoId} IS NOT NULL AND ${isClaimed}`)
      .onConflictDoNothing(),
    ...postMessage(db, message, isClaimed),
    findRecipient(db, id),
    selectMessages(db, { viewerId: user.id, seqs }),
    db.delete(messageKeys).where(sql`${key === null} AND sender_id = ${user.id} AND message_id = ${id}`),
  ])
  if (!row) throw await explainRefusal(caps, { state, bodyHash: claim.bodyHash, text })
  inboxes.poke(recipient?.userId)
  return toMessage(caps, row, user.id)
}

/** What every rule is decided by, in one row. */
const columnsOf = {
  toMe: sql<number>`to_me`,
  fromMe: sql<number>`from_me`,
  photo: sql<number>`photo`,
  room: sql<number>`room`,
  body: sql<string | null>`body`,
  today: sql<number>`today`,
  characters: sql<number>`characters`,
  toOne: sql<number>`to_one`,
  strangers: sql<number>`strangers`,
  answered: sql<number>`answered`,
  service: sql<number>`service`,
  here: sql<number>`here`,
}

function stateOf(
  caps: Pick<Desk, 'db' | 'now'>,
  { user, draft, keyHash }: Values & { keyHash: string },
): SQL {
  const { to, from, photoId } = draft
  const day = dayOf(caps.now)
  const used = (kind: Counted, who: string) =>
    sql`COALESCE((SELECT used FROM ${counts} WHERE day = ${day} AND kind = ${kind} AND who = ${who}), 0)`
  const shares = sql`FROM ${photoShares} WHERE photo_id = ${photoId}`
  const room = sql`(SELECT count(*) ${shares}) < ${MAX_SHARES} OR EXISTS (SELECT 1 ${shares} AND person_hash = ${to})`
  const answered = sql`EXISTS (SELECT 1 FROM conversations WHERE ${isMine(user.id, sql`conversations.recipient_hash`)} AND conversations.sender_hash = ${to})`
  return sql`SELECT
    ${isMine(user.id, sql`${to}`)} AS to_me,
    ${from === null ? sql`1` : isMine(user.id, sql`${from}`)} AS from_me,
    ${photoId === null ? sql`1` : isReady(caps, { userId: user.id, photoId })} AS photo,
    ${photoId === null ? sql`1` : sql`(${room})`} AS room,
    (SELECT body_hash FROM ${messageKeys} WHERE sender_id = ${user.id} AND key_hash = ${keyHash} AND created_at > ${caps.now - KEY_LIFE}) AS body,
    ${used('messages', user.id)} AS today,
    ${used('characters', user.id)} AS characters,
    ${used('messages', pairOf(user.id, to))} AS to_one,
    ${used('strangers', user.id)} AS strangers,
    ${answered} AS answered,
    ${used('messages', '')} AS service,
    EXISTS (SELECT 1 FROM users WHERE id = ${user.id}) AS here`
}

/** The count of what one person sends another: of the person, so that it goes with them. */
const pairOf = (userId: string, hash: string) => `${userId}>${hash}`

/** Over a row of `stateOf`. */
function isAllowed({ config }: Pick<Desk, 'config'>, { text }: Draft): SQL {
  const { budgetMessages } = config
  const isWithin = sql`today < ${MESSAGES_A_DAY} AND characters <= ${CHARACTERS_A_DAY - text.length} AND to_one < CASE WHEN answered THEN ${MESSAGES_TO_ONE} ELSE ${UNANSWERED_TO_ONE} END AND (answered OR to_one > 0 OR strangers < ${STRANGERS_A_DAY})`
  const isAffordable = budgetMessages > 0 ? sql`service < ${budgetMessages}` : sql`1`
  return sql`NOT to_me AND from_me AND photo AND room AND body IS NULL AND ${isWithin} AND ${isAffordable}`
}

/**
 * Counts a message that is let through: for its sender and with its characters, for the two, for the service, and once a
 * day for a stranger.
 */
function count({ db, now }: Pick<Desk, 'db' | 'now'>, { user, draft }: Values, isClaimed: SQL) {
  const pair = pairOf(user.id, draft.to)
  const day = dayOf(now)
  const isKnown = sql`(EXISTS (SELECT 1 FROM conversations WHERE ${isMine(user.id, sql`conversations.recipient_hash`)} AND conversations.sender_hash = ${draft.to}) OR EXISTS (SELECT 1 FROM ${counts} WHERE day = ${day} AND kind = 'messages' AND who = ${pair}))`
  const lines: [kind: Counted, who: string, used: number][] = [
    ['strangers', user.id, 1],
    ['messages', user.id, 1],
    ['messages', pair, 1],
    ['messages', '', 1],
    ['characters', user.id, draft.text.length],
  ]
  return db
    .insert(counts)
    .select(
      sql`SELECT ${day}, line.value ->> 0, line.value ->> 1, line.value ->> 2, 0 FROM json_each(${JSON.stringify(lines)}) AS line WHERE ${isClaimed} AND (line.value ->> 0 <> 'strangers' OR NOT ${isKnown})`,
    )
    .onConflictDoUpdate({
      target: [counts.day, counts.kind, counts.who],
      set: { used: sql`${counts.used} + excluded.used` },
    })
}

/**
 * Why nothing was sent, asked for afterwards: what is let through, which is nearly all, does not pay for it. What has
 * changed since, so that nothing stands against it any more, is told as a failure that passes.
 */
async function explainRefusal(
  caps: Desk,
  { state, bodyHash, text }: { state: SQL; bodyHash: string; text: string },
): Promise<Problem> {
  const [found] = await caps.db.select(columnsOf).from(sql`(${state}) AS state`)
  const retry = { retryAfter: secondsLeft(caps.now) }
  if (!found) return new Problem('unavailable')
  if (found.body !== null && found.body !== bodyHash) return new Problem('idempotency_conflict')
  if (found.body !== null) return new Problem('not_found') // what it was, is gone with its recipient
  if (found.toMe) return new Problem('invalid_input', 'to: this is an address of your own.')
  if (!found.fromMe) return new Problem('invalid_input', 'from: not an address of yours.')
  if (!found.photo) return new Problem('not_found')
  if (!found.room) return new Problem('quota_exceeded', `A photo is shown to at most ${MAX_SHARES} people.`)
  if (found.today >= MESSAGES_A_DAY) return new Problem('rate_limited', undefined, retry)
  if (found.characters > CHARACTERS_A_DAY - text.length)
    return new Problem('rate_limited', `At most ${CHARACTERS_A_DAY} characters a day.`, retry)
  const limit = found.answered ? MESSAGES_TO_ONE : UNANSWERED_TO_ONE
  if (found.toOne >= limit)
    return new Problem('rate_limited', `At most ${limit} messages a day to this person.`, retry)
  if (!found.answered && !found.toOne && found.strangers >= STRANGERS_A_DAY)
    return new Problem(
      'rate_limited',
      `At most ${STRANGERS_A_DAY} people a day who never wrote to you.`,
      retry,
    )
  const { budgetMessages } = caps.config
  if (budgetMessages > 0 && found.service >= budgetMessages) {
    await tellOnce(caps, { kind: 'messages', used: found.service, left: 0 })
    const exhausted = new Problem('budget_exhausted', undefined, retry)
    exhausted.logged = true // once a day, which was now or before
    return exhausted
  }
  return new Problem(found.here ? 'unavailable' : 'unauthenticated') // the account has just been deleted
}
