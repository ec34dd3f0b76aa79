import { env } from 'cloudflare:workers'
import { afterEach, expect, it, vi } from 'vitest'
import { openCapabilities } from '../src/capabilities'
import { findPhotoVisibleBy, findRenditionVisibleBy } from '../src/photos/access'
import { seedPhoto } from './seeds'
import { newPerson, type Person } from './support'

afterEach(() => {
  vi.restoreAllMocks()
})

/** The one statement that a question makes, to be asked again. */
async function statementOf(ask: () => Promise<unknown>) {
  const prototype = Object.getPrototypeOf(env.DB.prepare('SELECT 1'))
  const real = prototype.bind
  const made: [text: string, values: unknown[]][] = []
  vi.spyOn(prototype, 'bind').mockImplementation(function (this: unknown, ...values: unknown[]) {
    made.push([(this as { statement: string }).statement, values])
    return Reflect.apply(real, this, values)
  })
  await ask()
  vi.restoreAllMocks()
  expect(made.length).toBe(1)
  const [[text, values]] = made as [[string, unknown[]]]
  const again = (before: string) => env.DB.prepare(before + text).bind(...values)
  return {
    async rows() {
      const { results, meta } = await again('').all()
      return { found: results.length, rows: meta.rows_read }
    },
    async plan() {
      const { results } = await again('EXPLAIN QUERY PLAN ').all<{ detail: string }>()
      return results.map(({ detail }) => detail)
    },
  }
}

/**
 * Photos of the owner's in albums of theirs, each shared, tagged and shown to one of some people in turn, up to a
 * number; and the photo and its album filled up with people whom nobody knows.
 */
async function surround(owner: Person, people: Person[], { from, to }: { from: number; to: number }) {
  const hashes = JSON.stringify(people.map(({ hash }) => hash))
  const numbers = `WITH RECURSIVE n(i) AS (SELECT CAST(?1 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?2 - 1)`
  const whom = `json_extract(?4, '$[' || (i % ${people.length}) || ']')`
  const insert = (table: string, columns: string, values: string) =>
    env.DB.prepare(
      `${numbers} INSERT INTO ${table} (${columns}) SELECT ${values} FROM n WHERE ?3 <> ?4`,
    ).bind(from, to, owner.id, hashes)
  await env.DB.batch([
    insert(
      'photos',
      'id, user_id, status, content_type, bytes, width, height, etag, created_at',
      `'photo ' || i, ?3, 'ready', 'image/png', 1, 4, 3, 'e', i`,
    ),
    insert('photo_shares', 'photo_id, person_hash, created_at', `'photo ' || i, ${whom}, i`),
    insert(
      'photo_tags',
      'photo_id, person_hash, tagged_by, x, y, width, height, created_at',
      `'photo ' || i, ${whom}, ?3, 0, 0, 1, 1, i`,
    ),
    insert('albums', 'id, user_id, title, created_at', `'album ' || i, ?3, 'X', i`),
    insert('album_photos', 'album_id, photo_id, added_by, created_at', `'album ' || i, 'photo ' || i, ?3, i`),
    insert(
      'album_members',
      'album_id, person_hash, role, created_at',
      `'album ' || i, ${whom}, iif(i % 2, 'viewer', 'contributor'), i`,
    ),
  ])
}

it('who may see a photo is found by the same rows, however many shares, albums, tags and members there are', async () => {
  const names = ['owner', 'shared with', 'tagged', 'in an album', 'stranger']
  const people = await Promise.all(names.map(() => newPerson()))
  const [owner, shared, tagged, member] = people as [Person, Person, Person, Person]
  const photoId = await seedPhoto(owner)
  const album = crypto.randomUUID()
  const insert = (table: string, ...values: unknown[]) =>
    env.DB.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?')})`).bind(...values)
  await env.DB.batch([
    insert('photo_shares', photoId, shared.hash, 1),
    insert('photo_tags', photoId, tagged.hash, owner.id, 0, 0, 1, 1, 1, null),
    insert('albums', album, owner.id, 'X', null, 1),
    insert('album_photos', album, photoId, owner.id, 1),
    insert('album_members', album, member.hash, 'viewer', 1),
  ])
  const statements = new Map<string, Awaited<ReturnType<typeof statementOf>>>()
  for (const [at, name] of names.entries())
    for (const [what, find] of Object.entries({
      original: findPhotoVisibleBy,
      width: findRenditionVisibleBy,
    }))
      for (const via of ['session', 'token'] as const) {
        const { session, token } = people[at] as Person
        const secret = via === 'session' ? session.cookie.split('=')[1] : token.authorization.split(' ')[1]
        const credential = { via, token: secret ?? '' }
        const ask = () => find(openCapabilities(env, Date.now()), { ownerId: owner.id, photoId, credential })
        statements.set(`${name}, ${what}, ${via}`, await statementOf(ask))
      }
  const read = async () => {
    const found: Record<string, { found: number; rows: number }> = {}
    for (const [name, statement] of statements) found[name] = await statement.rows()
    return found
  }
  await surround(owner, people.slice(1), { from: 0, to: 10 })
  const few = await read()
  await surround(owner, people.slice(1), { from: 10, to: 10_000 })
  // The photo and its album themselves as full of others as they get.
  const strangers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2) INSERT INTO`
  await env.DB.batch([
    env.DB.prepare(`${strangers} photo_shares SELECT ?1, hex(randomblob(32)), i FROM n`).bind(photoId, 199),
    env.DB.prepare(`${strangers} album_members SELECT ?1, hex(randomblob(32)), 'viewer', i FROM n`).bind(
      album,
      199,
    ),
    env.DB.prepare(
      `${strangers} photo_tags SELECT ?1, hex(randomblob(32)), ?3, 0, 0, 1, 1, i, NULL FROM n`,
    ).bind(photoId, 19, owner.id),
    env.DB.prepare(`${strangers} album_photos SELECT ?1, 'photo ' || i, ?3, i FROM n`).bind(
      album,
      4999,
      owner.id,
    ),
  ])
  expect(await read()).toEqual(few)
  for (const [name, { found, rows }] of Object.entries(few)) {
    expect([name, found]).toEqual([name, name.startsWith('stranger') ? 0 : 1])
    expect(rows).toBeLessThan(50)
  }
  for (const statement of statements.values()) {
    const plan = await statement.plan()
    expect(plan.length).toBeGreaterThan(5)
    expect(plan.filter((detail) => /SCAN (?!CONSTANT)|AUTOMATIC/.test(detail))).toEqual([])
  }
})
