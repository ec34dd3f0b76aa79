import { applyD1Migrations, reset, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { digestHex } from '../src/lib/crypto'
import { startAfresh } from './afresh'
import { ask, fixture } from './support'

const EMAIL = 'ada@example.com'
const TOKEN = 'cameo_of-the-first-release'
const PHOTO = 'b6e7c6a0-0000-4000-8000-000000000001'
const USER = 'b6e7c6a0-0000-4000-8000-000000000002'

/** One row in every table of the first release, as it wrote them. */
async function fillFirstRelease(): Promise<void> {
  const [hash, md5, tokenHash] = await Promise.all([
    digestHex('SHA-256', EMAIL),
    digestHex('MD5', EMAIL),
    digestHex('SHA-256', TOKEN),
  ])
  const now = Date.now()
  const rows: [string, unknown[]][] = [
    [
      `INSERT INTO users (id, email, hash, md5, display_name, public_key, created_at) VALUES (?, ?, ?, ?, 'Ada', ?, ?)`,
      [USER, EMAIL, hash, md5, 'A'.repeat(22), now],
    ],
    [
      `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, alt_text, created_at)
       VALUES (?, ?, 'ready', 'image/jpeg', 1234, 400, 300, 'e', 'A portrait', ?)`,
      [PHOTO, USER, now],
    ],
    ['UPDATE users SET active_photo_id = ?', [PHOTO]],
    [
      'INSERT INTO api_tokens (id, user_id, name, token_hash, created_at) VALUES (?, ?, ?, ?, ?)',
      ['t', USER, 'Backup', tokenHash, now],
    ],
    [
      'INSERT INTO sessions (token_hash, user_id, expires_at, created_at) VALUES (?, ?, ?, ?)',
      ['s', USER, now + 9e9, now],
    ],
    [
      'INSERT INTO known_browsers (browser_hash, user_id, expires_at) VALUES (?, ?, ?)',
      ['k', USER, now + 9e9],
    ],
    [
      `INSERT INTO sign_in_codes (browser_hash, email_hash, code_hmac, created_at) VALUES ('b', ?, 'c', ?)`,
      [hash, now],
    ],
    ['INSERT INTO upload_grants (photo_id, user_id, created_at) VALUES (?, ?, ?)', [PHOTO, USER, now]],
  ]
  for (const [sql, values] of rows)
    await env.DB.prepare(sql)
      .bind(...values)
      .run()
}

describe('a database of the first release', () => {
  beforeAll(async () => {
    await reset()
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS.slice(0, 1))
    await fillFirstRelease()
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  })

  it('keeps its people, photos and tokens', async () => {
    const as = { authorization: `Bearer ${TOKEN}` }
    const me = await ask('GET', '/api/me', { as })
    expect(await me.json()).toMatchObject({ email: EMAIL, displayName: 'Ada', activePhotoId: PHOTO })
    const photos = await ask('GET', '/api/photos', { as })
    expect(await photos.json()).toMatchObject({ items: [{ id: PHOTO, altText: 'A portrait', active: true }] })
  })

  it('shows the same picture under the same keys', async () => {
    for (const key of [await digestHex('SHA-256', EMAIL), await digestHex('MD5', EMAIL), 'A'.repeat(22)]) {
      const profile = await ask('GET', `/${key}.json`)
      expect(await profile.json()).toMatchObject({ displayName: 'Ada', altText: 'A portrait' })
    }
  })

  it('breaks no reference', async () => {
    expect((await env.DB.prepare('PRAGMA foreign_key_check').all()).results).toEqual([])
  })
})

/** Databases of the second release, with what several people had in them. */
describe('a database of the release before people had several addresses', () => {
  const names = ['ada', 'bob', 'eve'] as const
  const keyOf = (name: string) => name.padEnd(22, '0')
  let before: unknown

  const state = () =>
    Promise.all(
      names.flatMap((name) =>
        [`${name}@example.com`, `${name}@müller.example`].map(async (email) => {
          const [hash, md5] = [await digestHex('SHA-256', email), await digestHex('MD5', email)]
          const answers = [hash, md5, keyOf(name)].map(async (key) => {
            const answer = await ask('GET', `/${key}.json`)
            return answer.status === 200 ? (await answer.json<{ altText: string }>()).altText : answer.status
          })
          return [email, ...(await Promise.all(answers))]
        }),
      ),
    )

  beforeAll(async () => {
    await reset()
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS.slice(0, 4))
    for (const [number, name] of names.entries()) {
      const isInternational = name === 'eve'
      const email = isInternational ? 'eve@xn--mller-kva.example' : `${name}@example.com`
      const alias = isInternational ? 'eve@müller.example' : null
      const hashes = [await digestHex('SHA-256', email), await digestHex('MD5', email)]
      const aliases = alias
        ? [await digestHex('SHA-256', alias), await digestHex('MD5', alias)]
        : [null, null]
      await env.DB.prepare(
        `INSERT INTO users (id, email, hash, md5, hash_alias, md5_alias, public_key, public_lookup, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
        .bind(name, email, ...hashes, ...aliases, keyOf(name), name === 'bob' ? 0 : 1, number)
        .run()
      for (const photo of ['old', 'new'])
        await env.DB.prepare(
          `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, alt_text, created_at)
           VALUES (?1, ?2, 'ready', 'image/png', 1, 9, 9, 'e', ?1, 0)`,
        )
          .bind(`${photo} of ${name}`, name)
          .run()
      await env.DB.prepare('UPDATE users SET active_photo_id = ?1 WHERE id = ?2')
        .bind(`new of ${name}`, name)
        .run()
      for (const token of ['one', 'two'])
        await env.DB.prepare(
          'INSERT INTO sessions (token_hash, user_id, expires_at, created_at) VALUES (?, ?, ?, 0)',
        )
          .bind(await digestHex('SHA-256', `${name} ${token}`), name, Date.now() + 9e8)
          .run()
    }
    before = await env.DB.prepare(
      'SELECT id, email, hash, md5, public_lookup, active_photo_id FROM users',
    ).all()
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  })

  it('shows the same pictures under the same URLs', async () => {
    expect(await state()).toEqual([
      ['ada@example.com', 'new of ada', 'new of ada', 'new of ada'],
      ['ada@müller.example', 404, 404, 'new of ada'],
      ['bob@example.com', 404, 404, 'new of bob'], // the look-up is off
      ['bob@müller.example', 404, 404, 'new of bob'],
      ['eve@example.com', 404, 404, 'new of eve'],
      ['eve@müller.example', 'new of eve', 'new of eve', 'new of eve'],
    ])
  })

  it('gives every account its one address, primary and following', async () => {
    const { results } = await env.DB.prepare(
      `SELECT user_id AS id, email, hash, md5, public_lookup, active_photo_id, is_primary, follows FROM addresses`,
    ).all()
    const rows = (before as { results: object[] }).results
    expect(results).toEqual(rows.map((row) => ({ ...row, is_primary: 1, follows: 1 })))
  })

  it('keeps sessions signed in, each with an id of its own', async () => {
    const as = { cookie: 'session=ada one' }
    const answer = await ask('GET', '/api/sessions', { as })
    const { items } = await answer.json<{ items: { id: string; current: boolean }[] }>()
    expect(items.map((session) => session.current).toSorted()).toEqual([false, true])
    expect(new Set(items.map((session) => session.id)).size).toBe(2)
    for (const { id } of items) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it('breaks no reference, and lets the active photo go as before', async () => {
    expect((await env.DB.prepare('PRAGMA foreign_key_check').all()).results).toEqual([])
    await env.DB.prepare("DELETE FROM photos WHERE id = 'new of ada'").run()
    const { results } = await env.DB.prepare(
      "SELECT active_photo_id FROM addresses WHERE user_id = 'ada' UNION SELECT active_photo_id FROM users WHERE id = 'ada'",
    ).all()
    expect(results).toEqual([{ active_photo_id: null }])
  })
})

describe('the next file of tests, in the same runtime', () => {
  const url = 'https://cameo.example/kept'
  const what = async () => ({
    row: await env.DB.prepare("SELECT 1 FROM users WHERE id = 'kept'").first(),
    objects: (await Promise.all([env.PHOTOS.head('kept'), env.UPLOADS.head('kept')])).map(
      (head) => head?.key,
    ),
    cached: (await caches.default.match(url))?.status,
    allowed: (await env.EXPORT_LIMIT.limit({ key: 'kept' })).success,
    alarm: await runInDurableObject(purger(), (_, state) => state.storage.getAlarm()),
  })
  const purger = () => env.PURGER.getByName('kept')

  it('finds nothing of the one before', async () => {
    await startAfresh()
    const nothing = await what()
    await env.DB.prepare("INSERT INTO users (id, public_key, created_at) VALUES ('kept', 'kept', 0)").run()
    await Promise.all([env.PHOTOS, env.UPLOADS].map((bucket) => bucket.put('kept', fixture('small.png'))))
    await caches.default.put(url, new Response('', { headers: { 'cache-control': 'max-age=60' } }))
    await runInDurableObject(purger(), (_, state) => state.storage.setAlarm(Date.now() + 9e6))
    for (let count = 0; count < 12; count++) await env.EXPORT_LIMIT.limit({ key: 'kept' })
    const kept = await what()
    for (const key of Object.keys(nothing)) expect(kept).not.toMatchObject({ [key]: nothing[key as 'row'] })
    await startAfresh()
    expect(await what()).toEqual(nothing)
  })
})
