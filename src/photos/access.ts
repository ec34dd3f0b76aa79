import { and, type Column, eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Credential } from '../accounts/asking'
import { isLive, isToSlide } from '../accounts/sessions'
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
 * @returns with the sight, whether the session is to be renewed
 */
export async function findPhotoVisibleBy(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  values: PhotoRef & { credential: Credential },
): Promise<{ sight: Sight; slide: boolean } | null> {
  const { credential, ownerId, photoId } = values
  const tokenHash = await digestHex('SHA-256', credential.token)
  const [row] = await queriesOf(db)[credential.via].all({ tokenHash, now, ownerId, photoId })
  if (!row) return null
  const { photo, viewerId, expiresAt } = row
  return { sight: toSight(photo, viewerId), slide: expiresAt !== null && isToSlide({ expiresAt, now }) }
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
  return {
    session: db
      .select({ photo: photos, viewerId: sessions.userId, expiresAt: sessions.expiresAt })
      .from(sessions)
      .innerJoin(photos, isVisible(sessions.userId, ref))
      .where(isLive({ tokenHash, now: sql.placeholder('now') }))
      .prepare(),
    token: db
      .select({ photo: photos, viewerId: apiTokens.userId, expiresAt: sql<null>`NULL` })
      .from(apiTokens)
      .innerJoin(photos, isVisible(apiTokens.userId, ref))
      .where(eq(apiTokens.tokenHash, tokenHash))
      .prepare(),
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
