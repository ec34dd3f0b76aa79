import { and, type Column, eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Credential } from '../accounts/asking'
import { isLive, isOfAnotherDay, lastUseOf } from '../accounts/sessions'
import type { Capabilities } from '../capabilities'
import type { Db } from '../db/open'
import { apiTokens, type Photo, photos, sessions } from '../db/schema'
import { digestHex } from '../lib/crypto'

/** What the owner gets: everything, the original bytes too. */
export interface OwnerSight {
  as: 'owner'
  photo: Photo
}

/** What anybody else gets: renditions, and of the row no more than these are made from. */
export interface ViewerSight {
  as: 'viewer'
  photo: Pick<Photo, 'id' | 'userId' | 'width' | 'height' | 'transparent'>
}

/** A closed union: what serves the original takes an OwnerSight alone, so the compiler refuses everybody else's. */
export type Sight = OwnerSight | ViewerSight

interface PhotoRef {
  ownerId: string
  photoId: string
}

/**
 * Whether somebody may see a photo, and as what; null for "not yours" and "not there" alike.
 * The owner alone, for now, and only once it is ready.
 */
export async function findVisiblePhoto(
  { db }: Pick<Capabilities, 'db'>,
  values: PhotoRef & { viewerId: string },
): Promise<Sight | null> {
  const [photo] = await db.select().from(photos).where(isVisible(values.viewerId, values))
  return photo ? toSight(photo, values.viewerId) : null
}

/**
 * The same for whoever a credential is of, both asked by one query: a page of photos asks it for each. null for
 * "nobody's credential", too, which only `authenticate` tells apart.
 * @param values.original whether the original is wanted, where one may have it; who wants a rendition gets the sight of
 *   anybody, the owner too: nothing else need be read
 * @returns with the sight, whether it is the credential's first use today
 */
export async function findPhotoVisibleBy(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  values: PhotoRef & { credential: Credential; original: boolean },
): Promise<{ sight: Sight; firstToday: boolean } | null> {
  const { credential, original, ...ref } = values
  const { via } = credential
  const filled = { ...ref, tokenHash: await digestHex('SHA-256', credential.token), now }
  if (original) {
    const [row] = await queriesOf(db).original[via].all(filled)
    return row
      ? { sight: toSight(row.photo, row.viewerId), firstToday: isOfAnotherDay(row.lastUsedAt, now) }
      : null
  }
  const [row] = await queriesOf(db).rendition[via].all(filled)
  return row
    ? { sight: { as: 'viewer', photo: row.photo }, firstToday: isOfAnotherDay(row.lastUsedAt, now) }
    : null
}

const kept = new WeakMap<Db, ReturnType<typeof buildQueries>>()

/** Built once: a page of photos would have it built for each. */
function queriesOf(db: Db) {
  const queries = kept.get(db) ?? buildQueries(db)
  kept.set(db, queries)
  return queries
}

function buildQueries(db: Db) {
  const tokenHash = sql.placeholder('tokenHash')
  const ref = { ownerId: sql.placeholder('ownerId'), photoId: sql.placeholder('photoId') }
  const live = isLive({ tokenHash, now: sql.placeholder('now') })
  const bySession = { viewerId: sessions.userId, lastUsedAt: lastUseOf }
  const known = eq(apiTokens.tokenHash, tokenHash)
  const byToken = { viewerId: apiTokens.userId, lastUsedAt: apiTokens.lastUsedAt }
  const { id, userId, width, height, transparent } = photos
  const forRendition = { id, userId, width, height, transparent }
  const [seenBySession, seenByToken] = [isVisible(sessions.userId, ref), isVisible(apiTokens.userId, ref)]
  const original = {
    session: db
      .select({ photo: photos, ...bySession })
      .from(sessions)
      .innerJoin(photos, seenBySession),
    token: db
      .select({ photo: photos, ...byToken })
      .from(apiTokens)
      .innerJoin(photos, seenByToken),
  }
  const rendition = {
    session: db
      .select({ photo: forRendition, ...bySession })
      .from(sessions)
      .innerJoin(photos, seenBySession),
    token: db
      .select({ photo: forRendition, ...byToken })
      .from(apiTokens)
      .innerJoin(photos, seenByToken),
  }
  return {
    original: {
      session: original.session.where(live).prepare(),
      token: original.token.where(known).prepare(),
    },
    rendition: {
      session: rendition.session.where(live).prepare(),
      token: rendition.token.where(known).prepare(),
    },
  }
}

/** The one rule of who may see a photo, for a person who is known or one that the same query finds. */
function isVisible(
  viewer: string | Column,
  { ownerId, photoId }: PhotoRef | Record<keyof PhotoRef, Placeholder>,
): SQL | undefined {
  return and(
    eq(photos.id, photoId),
    eq(photos.userId, ownerId),
    eq(photos.userId, viewer),
    eq(photos.status, 'ready'),
  )
}

function toSight(photo: Photo, viewerId: string): Sight {
  const { id, userId, width, height, transparent } = photo
  if (userId === viewerId) return { as: 'owner', photo }
  return { as: 'viewer', photo: { id, userId, width, height, transparent } }
}
