import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { digestHex } from '../src/lib/crypto'
import { ask } from './support'

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
