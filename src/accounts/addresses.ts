import { and, asc, desc, eq, exists, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { changeShown, keysOf } from '../avatar/purge'
import { countUse, secondsLeft } from '../budgets/counts'
import type { Capabilities } from '../capabilities'
import { type Address, addresses, type User, users } from '../db/schema'
import { Problem } from '../http/problems'
import { hashEmail } from '../lib/email-hash'
import { toAddressedJob, twice } from './addressed'
import type { AddressJson } from './answers'
import { mailCode, useCode } from './codes'
import { tellPrimaryMoved } from './mail'
import { isPrimary } from './person'
import { areStill, isFace, photoBehind, readFace, readStanding, writeWhere } from './standing'

type Db = Pick<Capabilities, 'db'>
type Desk = Pick<Capabilities, 'db' | 'purges' | 'privacyPurges'>
type Owner = Pick<User, 'id'>

/** Most addresses a person may have: each is one to four keys more to purge with every change. */
const MAX_ADDRESSES = 10

/** How often a day (UTC) a person may make another address the primary one: each time the one before is told by mail. */
const PRIMARIES_A_DAY = 20

const TOO_MANY = `You have ${MAX_ADDRESSES} addresses, which is the most. Remove one first.`

/** An address as its owner knows it: what it shows is a photo, also where a crop of it is what is seen. */
const knownColumns = { ...getTableColumns(addresses), activePhotoId: photoBehind(addresses.activePhotoId) }

/** An address as its owner sees it: `GET /api/addresses`. */
export function toAddress(address: Address): AddressJson {
  const { hash, md5, email, isPrimary: primary, publicLookup, follows, createdAt } = address
  return { hash, md5, email, primary, publicLookup, follows, photoId: address.activePhotoId, createdAt }
}

/** A person's addresses, the primary one first. One page: there are at most MAX_ADDRESSES. */
export async function listAddresses({ db }: Db, values: { userId: string }): Promise<Address[]> {
  return db
    .select(knownColumns)
    .from(addresses)
    .where(eq(addresses.userId, values.userId))
    .orderBy(desc(addresses.isPrimary), asc(addresses.createdAt), asc(addresses.hash))
}

/**
 * Mails a code to an address that a person wants to add: the same whoever has it. Returns the id for the browser's
 * cookie.
 * @throws Problem `quota_exceeded`, and as `mailCode`
 */
export async function requestAddress(
  caps: Pick<Capabilities, 'db' | 'now' | 'email' | 'config'>,
  values: { user: Owner; email: string; client: string },
): Promise<string> {
  const { user, email, client } = values
  const mine = await listAddresses(caps, { userId: user.id })
  if (mine.length >= MAX_ADDRESSES) throw new Problem('quota_exceeded', TOO_MANY)
  return mailCode(caps, { email, client, known: false, use: { purpose: 'address', userId: user.id } })
}

/**
 * Adds the address that a code has proven. It shows the account's active photo from then on; its look-up is that of
 * the primary one.
 * @throws Problem as `useCode`; `address_in_use`, said only to who has proven the address; `quota_exceeded`
 */
export async function confirmAddress(
  caps: Desk & Pick<Capabilities, 'now'>,
  values: { user: Owner; browserId: string | undefined; code: string },
): Promise<Address> {
  const { user, browserId, code } = values
  const use = { purpose: 'address', userId: user.id } as const
  return useCode(caps, { browserId, code, use }, async (email) => {
    const hashes = await hashEmail(email)
    return changeShown(caps, async () => ({
      keys: keysOf([hashes]), // "nobody" is cached as well
      privacy: false,
      write: () => insertAddress(caps, { userId: user.id, email, ...hashes }),
    }))
  })
}

/** One statement, with the most that a person may have in it: calls in parallel cannot pass together. */
async function insertAddress(
  { db, now }: Db & Pick<Capabilities, 'now'>,
  values: { userId: string; email: string } & Awaited<ReturnType<typeof hashEmail>>,
): Promise<Address> {
  const { userId, email, hash, md5, hashAlias, md5Alias } = values
  await db.$client
    .prepare(
      `INSERT INTO addresses
         (hash, md5, hash_alias, md5_alias, email, user_id, is_primary, public_lookup, follows, active_photo_id, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, users.id, 0, addresses.public_lookup, 1, users.active_photo_id, ?7
       FROM users JOIN addresses ON addresses.user_id = users.id AND addresses.is_primary = 1
       WHERE users.id = ?6 AND (SELECT count(*) FROM addresses WHERE user_id = ?6) < ?8
       ON CONFLICT DO NOTHING`,
    )
    .bind(hash, md5, hashAlias, md5Alias, email, userId, now, MAX_ADDRESSES)
    .run()
  const [there] = await db.select(knownColumns).from(addresses).where(eq(addresses.hash, hash))
  if (!there) throw new Problem('quota_exceeded', TOO_MANY)
  if (there.userId !== userId) throw new Problem('address_in_use')
  return there
}

/**
 * Changes what an address shows, its look-up, or makes it the primary one, all together or nothing.
 * @param values.photoId a ready photo of the person's own, or null for none: the address follows no more
 * @param values.follows true: back to the account's active photo; false: what it shows now, whatever becomes active
 * @throws Problem `not_found`, the same for another person's address or photo as for none; `photo_not_ready`;
 *   `rate_limited` after PRIMARIES_A_DAY
 */
export async function changeAddress(
  caps: Desk & Pick<Capabilities, 'now' | 'email' | 'config'>,
  values: {
    user: Owner
    hash: string
    publicLookup?: boolean | undefined
    photoId?: string | null | undefined
    follows?: boolean | undefined
    primary?: true | undefined
  },
): Promise<Address> {
  const { db } = caps
  const { user, hash, publicLookup, photoId, primary } = values
  const follows = photoId === undefined ? values.follows : false
  const before = primary ? await countPrimary(caps, { user, hash }) : null
  await changeShown(caps, async () => {
    const stands = await readStanding(caps, { userId: user.id })
    const address = findMine(stands.addresses, hash)
    const own = { userId: user.id, photoId: photoId ?? '' }
    const face = typeof photoId === 'string' ? await readFace(caps, own) : photoId
    const shown = face !== undefined ? face : follows ? stands.user.activePhotoId : address.activePhotoId
    const after = {
      publicLookup: publicLookup ?? address.publicLookup,
      follows: follows ?? address.follows,
      activePhotoId: shown,
    }
    const seems = after.publicLookup !== address.publicLookup || shown !== address.activePhotoId
    const condition = and(
      isAsRead(address),
      follows ? showsStill(caps, stands.user) : undefined,
      face ? isFace(caps, { ...own, face }) : undefined,
    )
    // In this order: there are never two primary ones.
    const mine = eq(addresses.userId, user.id)
    const statements = [
      primary &&
        db
          .update(addresses)
          .set({ isPrimary: false })
          .where(and(mine, isPrimary, condition)),
      db
        .update(addresses)
        .set({ ...after, ...(primary && { isPrimary: true }) })
        .where(and(eq(addresses.hash, hash), condition)),
    ].filter((statement) => statement !== undefined)
    return {
      keys: seems ? keysOf([address]) : [],
      privacy: after.publicLookup !== address.publicLookup || shown === null,
      write: async () => (await writeWhere(caps, condition, statements)) || null,
    }
  })
  const address = findMine(await listAddresses(caps, { userId: user.id }), hash)
  if (before) await tellPrimaryMoved(caps, { from: before.email, to: address.email })
  return address
}

/**
 * Counts that another address becomes the primary one.
 * @returns the one before, which is to be told; null where it stays the same
 */
async function countPrimary(
  caps: Db & Pick<Capabilities, 'now'>,
  { user, hash }: { user: Owner; hash: string },
): Promise<Address | null> {
  const mine = await listAddresses(caps, { userId: user.id })
  if (findMine(mine, hash).isPrimary) return null
  const today = { kind: 'primaries' as const, lines: [{ who: user.id, limit: PRIMARIES_A_DAY }] }
  if (!(await countUse(caps, today))) {
    const detail = `Another address can be made primary ${PRIMARIES_A_DAY} times a day. Try again tomorrow (UTC).`
    throw new Problem('rate_limited', detail, { retryAfter: secondsLeft(caps.now) })
  }
  return mine.find((address) => address.isPrimary) ?? null
}

/**
 * Removes an address that is not the primary one: its keys find nobody from then on. What others have addressed to it
 * goes by queued jobs, which do nothing while it stands.
 * @throws Problem `not_found`, `primary_address`
 */
export async function removeAddress(
  caps: Desk & Pick<Capabilities, 'erasures' | 'now'>,
  values: { user: Owner; hash: string },
): Promise<void> {
  const { user, hash } = values
  await changeShown(caps, async () => {
    const address = findMine(await listAddresses(caps, { userId: user.id }), hash)
    if (address.isPrimary) throw new Problem('primary_address')
    return {
      keys: keysOf([address]),
      privacy: true,
      async write() {
        await caps.erasures.sendBatch(twice(toAddressedJob(caps, { userId: user.id, addresses: [address] })))
        const gone = and(eq(addresses.hash, hash), eq(addresses.userId, user.id), sql`NOT ${isPrimary}`)
        return (await caps.db.delete(addresses).where(gone).returning({ hash: addresses.hash }))[0] ?? null
      },
    }
  })
}

function findMine(mine: Address[], hash: string): Address {
  const address = mine.find((one) => one.hash === hash)
  if (!address) throw new Problem('not_found')
  return address
}

/** Nobody has changed what the address shows since it was read. */
function isAsRead(address: Address): SQL | undefined {
  const { hash, userId, activePhotoId, follows, publicLookup } = address
  return areStill(
    [address],
    and(
      eq(addresses.hash, hash),
      eq(addresses.userId, userId),
      sql`${addresses.activePhotoId} IS ${activePhotoId}`,
      eq(addresses.follows, follows),
      eq(addresses.publicLookup, publicLookup),
    ),
  )
}

/** Nobody has made another photo the account's active one since it was read. */
function showsStill({ db }: Db, { id, activePhotoId }: User): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(users)
      .where(and(eq(users.id, id), sql`${users.activePhotoId} IS ${activePhotoId}`)),
  )
}
