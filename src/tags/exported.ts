import { and, asc, eq, exists, gt, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { ExportCaps, ExportSection } from '../accounts/export'
import { isMine } from '../accounts/mine'
import { addresses, contacts, type Photo, photos, photoTags, users } from '../db/schema'
import type { ZipFile } from '../lib/zip'
import { type Box, turnBack } from './boxes'
import { isContact, isHolder, isTagged, nameColumns, toName } from './names'
import { readOriginal, SIZE_PARTS } from './originals'
import { writeSidecar } from './sidecar'

/** Photos with tags, or tags, that one query lists. */
const PAGE = 100

/** As they were written. */
const inTime = sql`${photoTags}.rowid`

/** A tag in `account.json`. */
interface ExportedTag {
  photoId: string
  /** As whoever tagged knows them. */
  hash: string
  name: string
  /** Null where the person took themself away. */
  box: Box | null
  byMe: boolean
  ofMe: boolean
  /** When the person took themself away from the photo, in milliseconds. */
  removedAt: number | null
  createdAt: number
}

/**
 * Who is in the person's photos, beside each file as other programs read it, and every tag that is theirs: in their
 * photos, by them, and of them. Names are those by which they know people.
 */
export const tagsSection: ExportSection = (caps, { user }) => ({
  files: listSidecars(caps, user.id),
  readMembers: async () => ({ tags: listAllTags(caps, user.id) }),
})

/** `photos/{id}.xmp` for each photo of the person's that somebody is tagged in. */
async function* listSidecars(caps: ExportCaps, userId: string): AsyncGenerator<ZipFile> {
  for await (const photo of listTaggedPhotos(caps, userId)) {
    const original = await readOriginal(caps, { photo, parts: SIZE_PARTS })
    if (!original) continue // then the archive does not have the file either
    const { width, height, orientation } = original
    const rows = await selectTags(caps, userId)
      .where(and(eq(photoTags.photoId, photo.id), isNull(photoTags.removedAt)))
      .orderBy(inTime)
    const faces = rows.map(({ tag, called }) => ({ name: toName(called), box: turnBack(tag, orientation) }))
    const body = write(writeSidecar({ width, height, orientation, faces }))
    yield { name: `photos/${photo.id}.xmp`, modifiedAt: photo.createdAt, body }
  }
}

async function* write(text: string): AsyncGenerator<string> {
  yield text
}

async function* listTaggedPhotos({ db }: ExportCaps, userId: string): AsyncGenerator<Photo> {
  const tag = db
    .select({ one: sql`1` })
    .from(photoTags)
    .where(and(eq(photoTags.photoId, photos.id), isNull(photoTags.removedAt)))
  let last: Photo | undefined
  do {
    const after = last && {
      later: gt(photos.createdAt, last.createdAt),
      beside: and(eq(photos.createdAt, last.createdAt), gt(photos.id, last.id)),
    }
    const page = await db
      .select()
      .from(photos)
      .where(and(eq(photos.userId, userId), exists(tag), after && or(after.later, after.beside)))
      .orderBy(asc(photos.createdAt), asc(photos.id))
      .limit(PAGE)
    yield* page
    last = page.length === PAGE ? page.at(-1) : undefined
  } while (last)
}

/** In the person's photos, photo by photo; then what they tagged elsewhere; then what others tagged of them elsewhere. */
async function* listAllTags(caps: ExportCaps, userId: string): AsyncGenerator<ExportedTag> {
  for await (const { id } of listTaggedPhotos(caps, userId)) {
    const rows = await selectTags(caps, userId).where(eq(photoTags.photoId, id)).orderBy(inTime)
    for (const row of rows) if (row.tag.removedAt === null || row.isOfMe) yield toExported(row)
  }
  const elsewhere = ne(photos.userId, userId)
  const { taggedBy, personHash, createdAt, photoId } = photoTags
  yield* listPages(caps, userId, {
    where: and(elsewhere, eq(taggedBy, userId)),
    order: [inTime],
    placeOf: (row) => [row.rowid],
  })
  const { hash, hashAlias } = addresses
  const mine = await caps.db.select({ hash, hashAlias }).from(addresses).where(eq(addresses.userId, userId))
  for (const each of mine.flatMap(({ hash, hashAlias }) => (hashAlias ? [hash, hashAlias] : [hash])))
    yield* listPages(caps, userId, {
      where: and(elsewhere, eq(personHash, each), ne(taggedBy, userId)),
      order: [createdAt, photoId],
      placeOf: ({ tag }) => [tag.createdAt, tag.photoId],
    })
}

type Row = Awaited<ReturnType<typeof selectTags>>[number]

/** In the order of an index, each page begun where the last one ended. */
async function* listPages(
  caps: ExportCaps,
  userId: string,
  values: {
    where: SQL | undefined
    order: (SQL | AnySQLiteColumn)[]
    placeOf: (row: Row) => (string | number)[]
  },
): AsyncGenerator<ExportedTag> {
  const { where, order, placeOf } = values
  let last: Row | undefined
  do {
    const after =
      last &&
      sql`(${sql.join(order, sql`, `)}) > (${sql.join(
        placeOf(last).map((part) => sql`${part}`),
        sql`, `,
      )})`
    const page = await selectTags(caps, userId)
      .where(and(where, after))
      .orderBy(...order)
      .limit(PAGE)
    for (const row of page) yield toExported(row)
    last = page.length === PAGE ? page.at(-1) : undefined
  } while (last)
}

/** Tags with their photos, and what the person calls who is tagged. */
function selectTags({ db }: ExportCaps, userId: string) {
  return db
    .select({
      rowid: sql<number>`${inTime}`,
      tag: photoTags,
      isOfMe: sql<number>`${isMine(userId, photoTags.personHash)}`,
      isByMe: sql<number>`(${photoTags.taggedBy} = ${userId} AND ${photoTags.removedAt} IS NULL)`,
      called: nameColumns(userId),
    })
    .from(photoTags)
    .innerJoin(photos, eq(photos.id, photoTags.photoId))
    .leftJoin(contacts, isContact(userId))
    .leftJoin(addresses, isTagged)
    .leftJoin(users, isHolder)
}

function toExported({ tag, called, isOfMe, isByMe }: Row): ExportedTag {
  const { photoId, personHash: hash, x, y, width, height, removedAt, createdAt } = tag
  const box = removedAt === null ? { x, y, width, height } : null
  return {
    photoId,
    hash,
    name: toName(called),
    box,
    byMe: isByMe === 1,
    ofMe: isOfMe === 1,
    removedAt,
    createdAt,
  }
}
