import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CROWD, insertMessages, insertSessions, insertShares } from './crowds.mjs'
import { Response } from './miniflare.mjs'
import { insertNaivePeople, insertPeople, keyOf, personId, photoId } from './people.mjs'

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
 * One person with many photos, signed in by the session `bench`; and where the schema knows of it two more people, by
 * the sessions `shares` and `album`: with one each photo is shared, the other is in an album of all of them.
 * @param migrations folder of the schema: an earlier Worker needs that of its own time
 */
async function seedGallery(miniflare, { photos, master, small, migrations, width, height }) {
  const database = await miniflare.getD1Database('DB')
  await migrate(database, migrations)
  const user_id = personId(1)
  const ids = Array.from({ length: photos }, (_, number) => photoId(number + 1))
  const times = { created_at: 0, expires_at: Date.now() + 30 * DAY }
  for (const [at, token] of ['bench', 'shares', 'album'].entries()) {
    const id = personId(at + 1)
    const hash = keyOf(at + 1)
    const [md5, email] = [hash.slice(0, 32), `${token}@example.com`]
    await insertKnown(database, 'users', [{ id, public_key: token, hash, md5, email, ...times }])
    await insertKnown(database, 'addresses', [{ hash, md5, email, user_id: id, is_primary: 1, ...times }])
    await insertKnown(database, 'sessions', [
      { id: token, token_hash: tokenHash(token), user_id: id, ...times },
    ])
  }
  const file = { status: 'ready', content_type: 'image/jpeg', bytes: 1, etag: 'x' }
  const insert = (table, row) =>
    insertKnown(
      database,
      table,
      ids.map((id) => row(id)),
    )
  await insert('photos', (id) => ({ id, user_id, width, height, ...file, ...times }))
  await insert('photo_shares', (photo_id) => ({ photo_id, person_hash: keyOf(2), ...times }))
  const album_id = 'album'
  await insertKnown(database, 'albums', [{ id: album_id, user_id, title: 'X', ...times }])
  await insert('album_photos', (photo_id) => ({ album_id, photo_id, added_by: user_id, ...times }))
  await insertKnown(database, 'album_members', [
    { album_id, person_hash: keyOf(3), role: 'viewer', ...times },
  ])
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  for (const id of ids) {
    await bucket.put(`${user_id}/${id}/master`, master)
    await bucket.put(`${user_id}/${id}/small`, small)
  }
}

const tokenHash = (token) => createHash('sha256').update(token).digest('hex')

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
  const hashes = Array.from({ length: CROWD }, (_, at) => tokenHash(`token${at + 1}`))
  for (const [name, count] of Object.entries(counts)) {
    const database = await miniflare.getD1Database(name)
    await fill(database, CROWD, { width: 4, height: 3 })
    await batch(database, [...insertSessions(hashes, Date.now() + 30 * DAY), ...insert(count)])
  }
}

/** By name, for they are asked for from another process. */
export const seeds = { seedCameo, seedGallery, seedBare, seedNaive, seedLookup, seedCrowds }

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
