import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CROWD, insertMessages, insertSessions, insertShares } from './crowds.mjs'
import { Response } from './miniflare.mjs'
import { insertNaivePeople, insertPeople, personId, photoId } from './people.mjs'

const DAY = 86_400_000

const MIGRATIONS = resolve(import.meta.dirname, '../migrations')

/** People with a photo each, in Cameo's schema; their two masters in R2, and renditions by name if there are any. */
async function seedCameo(miniflare, { people, master, small, renditions = {}, ...size }) {
  await fill(await miniflare.getD1Database('DB'), people, size)
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  for (let number = 1; number <= people; number++) {
    const folder = `${personId(number)}/${photoId(number)}`
    await bucket.put(`${folder}/master`, master)
    await bucket.put(`${folder}/small`, small)
    for (const [name, bytes] of Object.entries(renditions)) await bucket.put(`${folder}/${name}`, bytes)
  }
}

/**
 * One person with many photos, signed in by the session `bench`; somebody they are shared with and somebody who is in an
 * album that holds them.
 * @param migrations folder of the schema: an earlier Worker needs that of its own time
 * @param around photos more of the same owner, each in an album of its own, and shown to those two in turn by
 *   share, tag and album
 */
async function seedGallery(miniflare, { photos, master, small, migrations, width, height, around = 0 }) {
  const database = await miniflare.getD1Database('DB')
  await migrate(database, migrations)
  const user_id = personId(1)
  const ids = Array.from({ length: photos }, (_, number) => photoId(number + 1))
  const [hash, md5, email] = ['a'.repeat(64), 'a'.repeat(32), 'a@example.com']
  const token_hash = hashToken('bench')
  const times = { created_at: 0, expires_at: Date.now() + 30 * DAY }
  await insertKnown(database, 'users', [{ id: user_id, public_key: 'a', hash, md5, email, ...times }])
  await insertKnown(database, 'addresses', [{ hash, md5, email, user_id, is_primary: 1, ...times }])
  await insertKnown(database, 'sessions', [{ id: 'a', token_hash, user_id, ...times }])
  const file = { status: 'ready', content_type: 'image/jpeg', bytes: 1, etag: 'x' }
  await insertKnown(
    database,
    'photos',
    ids.map((id) => ({ id, user_id, width, height, ...file, ...times })),
  )
  await seedViewers(database, { owner: user_id, ids, around, times })
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  for (const id of ids) {
    await bucket.put(`${user_id}/${id}/master`, master)
    await bucket.put(`${user_id}/${id}/small`, small)
  }
}

/** A person with the session `bench` and many photos over some years, their thumbnails made. */
async function seedScroll(miniflare, { photos, pictures, migrations }) {
  const database = await miniflare.getD1Database('DB')
  await migrate(database, migrations)
  const user_id = personId(1)
  const [hash, md5, email] = ['a'.repeat(64), 'a'.repeat(32), 'a@example.com']
  const times = { created_at: 0, expires_at: Date.now() + 30 * DAY }
  await insertKnown(database, 'users', [
    { id: user_id, public_key: 'a'.repeat(22), hash, md5, email, ...times },
  ])
  await insertKnown(database, 'addresses', [{ hash, md5, email, user_id, is_primary: 1, ...times }])
  await insertKnown(database, 'sessions', [{ id: 'a', token_hash: hashToken('bench'), user_id, ...times }])
  const file = { status: 'ready', content_type: 'image/jpeg', bytes: 1, etag: 'x' }
  const rows = Array.from({ length: photos }, (_, number) => {
    const { width, height } = pictures[number % pictures.length]
    const taken_at = Date.UTC(2026, 10, 1) - number * DAY * 0.6
    return { id: photoId(number + 1), user_id, width, height, ...file, created_at: taken_at, taken_at }
  })
  for (let at = 0; at < photos; at += 500) await insertKnown(database, 'photos', rows.slice(at, at + 500))
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  const put = ({ id }, number) =>
    pictures[number % pictures.length].renditions.map(({ pixels, format, bytes }) =>
      bucket.put(`${user_id}/${id}/r2/w${pixels}.${format}`, bytes),
    )
  for (let at = 0; at < photos; at += 50)
    await Promise.all(rows.slice(at, at + 50).flatMap((row, number) => put(row, at + number)))
}

/**
 * Whose sessions are `shared` and `album`, and nobody's beyond them: a search that ends at the last row of an index reads
 * one less. Nothing where the schema has no shares yet.
 */
async function seedViewers(database, { owner, ids, around, times }) {
  const { results } = await database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'photo_shares'").all()
  if (results.length === 0) return
  const hashes = ['b'.repeat(64), 'c'.repeat(64), 'd'.repeat(64)]
  const [shared, inAlbum] = hashes
  for (const [at, session] of ['shared', 'album', 'nobody'].entries()) {
    const [user_id, hash] = [personId(2 + at), hashes[at]]
    const token_hash = hashToken(session)
    await insertKnown(database, 'users', [{ id: user_id, public_key: session, ...times }])
    await insertKnown(database, 'addresses', [
      { hash, md5: session, email: session, user_id, is_primary: 1, ...times },
    ])
    await insertKnown(database, 'sessions', [{ id: session, token_hash, user_id, ...times }])
  }
  const of = (values) => ids.map((photo_id) => ({ photo_id, ...values, created_at: 0 }))
  await insertKnown(database, 'albums', [{ id: 'album', user_id: owner, title: 'X', ...times }])
  await insertKnown(database, 'album_photos', of({ album_id: 'album', added_by: owner }))
  await insertKnown(database, 'album_members', [
    { album_id: 'album', person_hash: inAlbum, role: 'viewer', ...times },
  ])
  await insertKnown(database, 'photo_shares', of({ person_hash: shared }))
  const some = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${around})`
  const whom = `iif(i % 2, '${shared}', '${inAlbum}')`
  if (around === 0) return
  await batch(
    database,
    [
      `photos (id, user_id, status, content_type, bytes, width, height, etag, created_at) ${some} SELECT 'p' || i, '${owner}', 'ready', 'image/png', 1, 4, 3, 'e', i FROM n`,
      `photo_shares ${some} SELECT 'p' || i, ${whom}, i FROM n`,
      `photo_tags (photo_id, person_hash, tagged_by, x, y, width, height, created_at) ${some} SELECT 'p' || i, ${whom}, '${owner}', 0, 0, 1, 1, i FROM n`,
      `albums (id, user_id, title, created_at) ${some} SELECT 'a' || i, '${owner}', 'X', i FROM n`,
      `album_photos ${some} SELECT 'a' || i, 'p' || i, '${owner}', i FROM n`,
      `album_members ${some} SELECT 'a' || i, ${whom}, 'viewer', i FROM n`,
    ].map((into) => `INSERT INTO ${into}`),
  )
}

/** Rows, of whose columns are written those that the schema has: nothing where it has no such table. */
async function insertKnown(database, table, rows) {
  const { results } = await database.prepare(`PRAGMA table_info(${table})`).all()
  const columns = results.map(({ name }) => name).filter((name) => name in rows[0])
  if (columns.length === 0) return
  const sql = `INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`
  await database.batch(rows.map((row) => database.prepare(sql).bind(...columns.map((column) => row[column]))))
}

/** The same people, and their pictures in the Cache API as Cameo keeps them there. */
async function seedBare(miniflare, { people, picture, headers, ...size }) {
  await fill(await miniflare.getD1Database('DB'), people, size)
  const { default: cache } = await miniflare.getCaches()
  for (let number = 1; number <= people; number++) {
    const kept = { headers: { ...headers, 'cache-control': 'public, max-age=2592000' } }
    await cache.put(`http://localhost/renditions/r2/${photoId(number)}/s80.avif`, new Response(picture, kept))
  }
}

/** People whose active picture is a flag; the first one's original in R2. */
async function seedNaive(miniflare, { people, original }) {
  await batch(await miniflare.getD1Database('DB'), insertNaivePeople(people))
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  await bucket.put(`${personId(1)}/${photoId(1)}`, original)
}

/** Databases that differ in nothing but how many people are in them. */
async function seedLookup(miniflare, { databases, ...size }) {
  for (const [name, people] of Object.entries(databases)) {
    await fill(await miniflare.getD1Database(name), people, size)
  }
}

/**
 * Databases that differ in nothing but how many shares, or messages, are in them. The person of a number is signed in
 * by the session `token` and that number.
 * @param things `shares` or `messages`
 */
async function seedCrowds(miniflare, { things, counts }) {
  const insert = { shares: insertShares, messages: insertMessages }[things]
  const hashes = Array.from({ length: CROWD }, (_, at) => hashToken(`token${at + 1}`))
  for (const [name, count] of Object.entries(counts)) {
    const database = await miniflare.getD1Database(name)
    await fill(database, CROWD, { width: 4, height: 3 })
    await batch(database, [...insertSessions(hashes, Date.now() + 30 * DAY), ...insert(count)])
  }
}

const hashToken = (token) => createHash('sha256').update(token).digest('hex')

/** By name, for they are asked for from another process. */
export const seeds = { seedCameo, seedGallery, seedScroll, seedBare, seedNaive, seedLookup, seedCrowds }

async function fill(database, people, size) {
  await migrate(database, MIGRATIONS)
  await batch(database, insertPeople(people, size))
}

async function migrate(database, folder) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const statements = files.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'),
  )
  await batch(database, statements)
}

const batch = (database, statements) => database.batch(statements.map((sql) => database.prepare(sql)))
