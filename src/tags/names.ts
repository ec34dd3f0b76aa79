import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { isMine } from '../accounts/mine'
import { SOMEBODY } from '../accounts/names'
import { addresses, contacts, conversations, photos, photoTags, users } from '../db/schema'

/**
 * What a query selects of the name by which somebody is told who is tagged: from `photos` and `photo_tags`, left joined
 * with `contacts` on `isContact`, `addresses` on `isTagged`, and `users` on `isHolder`. It is their own name for that
 * person (contacts); else how the person calls themself, where they may know.
 */
export const nameColumns = (viewerId: string) => ({
  contact: sql<string | null>`${contacts.name}`, // as a column, its absence would be that of both
  displayName: sql<string | null>`CASE WHEN ${isKnown(viewerId)} THEN ${users.displayName} END`,
})

/** The name in a row of `nameColumns`. */
export function toName({ contact, displayName }: { contact: string | null; displayName: string | null }) {
  return contact || displayName || SOMEBODY
}

export const isContact = (viewerId: string): SQL | undefined =>
  and(eq(contacts.userId, viewerId), eq(contacts.personHash, photoTags.personHash))

export const isTagged = or(
  eq(addresses.hash, photoTags.personHash),
  eq(addresses.hashAlias, photoTags.personHash),
)

export const isHolder = eq(users.id, addresses.userId)

/**
 * Whether somebody may know how a tagged person calls themself: it is themself; the look-up of that address is on; they
 * wrote to them from it; or they show them this photo, and that is the address by which its owner is told of.
 */
function isKnown(viewerId: string): SQL {
  const wrote = sql`SELECT 1 FROM ${conversations} WHERE ${isMine(viewerId, conversations.recipientHash)} AND ${conversations.senderHash} = ${addresses.hash}`
  const isOwner = sql`(${addresses.userId} = ${photos.userId} AND ${addresses.isPrimary} = 1)`
  return sql`(${addresses.userId} = ${viewerId} OR ${addresses.publicLookup} = 1 OR ${isOwner} OR EXISTS (${wrote}))`
}
