import { and, type Column, eq, fillPlaceholders, type Placeholder, type SQL, sql } from 'drizzle-orm'
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

/** What is asked of whoever a credential is of. */
type Asked = PhotoRef & { credential: Credential }

/**
 * The same for whoever a credential is of, both asked by one query. null for "nobody's credential", too, which only
 * `authenticate` tells apart.
 * @returns with the sight, whether it is the credential's first use today
 */
export async function findPhotoVisibleBy(
  caps: Pick<Capabilities, 'db' | 'now'>,
  values: Asked,
): Promise<{ sight: Sight; firstToday: boolean } | null> {
  const [row] = await queriesOf(caps.db).original[values.credential.via].all(await fill(caps, values))
  return row
    ? { sight: toSight(row.photo, row.viewerId), firstToday: isOfAnotherDay(row.lastUsedAt, caps.now) }
    : null
}

/** As the queries of renditions select them. */
type Row = [
  id: string,
  userId: string,
  width: number | null,
  height: number | null,
  transparent: number,
  lastUsedAt: number | null,
]

/**
 * The same for who wants a rendition, which gives the sight of anybody, the owner's too: nothing else need be read.
 * A page of photos asks it for each, so its rows are read as D1 has them, past Drizzle.
 */
export async function findRenditionVisibleBy(
  caps: Pick<Capabilities, 'db' | 'now'>,
  values: Asked,
): Promise<{ sight: ViewerSight; firstToday: boolean } | null> {
  const { sql: text, params } = queriesOf(caps.db).rendition[values.credential.via]
  const filled = fillPlaceholders(params, await fill(caps, values))
  const [row] = await caps.db.$client
    .prepare(text)
    .bind(...filled)
    .raw<Row>()
  if (!row) return null
  const [id, userId, width, height, transparent, lastUsedAt] = row
  const photo = { id, userId, width, height, transparent: transparent === 1 }
  return { sight: { as: 'viewer', photo }, firstToday: isOfAnotherDay(lastUsedAt, caps.now) }
}

async function fill({ now }: Pick<Capabilities, 'now'>, { credential, ...ref }: Asked) {
  return { ...ref, tokenHash: await digestHex('SHA-256', credential.token), now }
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
  const known = eq(apiTokens.tokenHash, tokenHash)
  const { id, userId, width, height, transparent } = photos
  const rendition = { id, userId, width, height, transparent }
  const [seenBySession, seenByToken] = [isVisible(sessions.userId, ref), isVisible(apiTokens.userId, ref)]
  return {
    original: {
      session: db
        .select({ photo: photos, viewerId: sessions.userId, lastUsedAt: lastUseOf })
        .from(sessions)
        .innerJoin(photos, seenBySession)
        .where(live)
        .prepare(),
      token: db
        .select({ photo: photos, viewerId: apiTokens.userId, lastUsedAt: apiTokens.lastUsedAt })
        .from(apiTokens)
        .innerJoin(photos, seenByToken)
        .where(known)
        .prepare(),
    },
    rendition: {
      session: db
        .select({ ...rendition, lastUsedAt: lastUseOf })
        .from(sessions)
        .innerJoin(photos, seenBySession)
        .where(live)
        .toSQL(),
      token: db
        .select({ ...rendition, lastUsedAt: apiTokens.lastUsedAt })
        .from(apiTokens)
        .innerJoin(photos, seenByToken)
        .where(known)
        .toSQL(),
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
