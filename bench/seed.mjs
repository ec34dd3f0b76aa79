import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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

/** One person with many photos, signed in by the session `bench`. */
async function seedGallery(miniflare, { photos, master, small, ...size }) {
  const database = await miniflare.getD1Database('DB')
  await fill(database, photos, size)
  await batch(database, [
    `UPDATE photos SET user_id = '${personId(1)}'`,
    `INSERT INTO sessions (id, token_hash, user_id, expires_at, created_at)
      VALUES ('s', '${createHash('sha256').update('bench').digest('hex')}', '${personId(1)}', ${Date.now() + 30 * DAY}, 0)`,
  ])
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  for (let number = 1; number <= photos; number++)
    await bucket.put(`${personId(1)}/${photoId(number)}/master`, master)
  await bucket.put(`${personId(1)}/${photoId(number)}/small`, small)
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

/** By name, for they are asked for from another process. */
export const seeds = { seedCameo, seedGallery, seedBare, seedNaive, seedLookup }

async function fill(database, people, size) {
  const files = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const migrations = files.flatMap((name) =>
    readFileSync(join(MIGRATIONS, name), 'utf8').split('--> statement-breakpoint'),
  )
  await batch(database, migrations)
  await batch(database, insertPeople(people, size))
}

const batch = (database, statements) => database.batch(statements.map((sql) => database.prepare(sql)))
