import { env } from 'cloudflare:workers'

// Rows as they stand once the calls that make them are through, for tests that need many, or times of their own.

/** A ready photo of a person's, 4 by 3, without bytes. */
export async function seedPhoto(person: { id: string }, createdAt = Date.now()): Promise<string> {
  const id = crypto.randomUUID()
  await env.DB.prepare(
    `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
     VALUES (?, ?, 'ready', 'image/png', 1, 4, 3, 'e', ?)`,
  )
    .bind(id, person.id, createdAt)
    .run()
  return id
}

export async function seedShare(photoId: string, hash: string, createdAt: number): Promise<void> {
  await env.DB.prepare('INSERT INTO photo_shares (photo_id, person_hash, created_at) VALUES (?, ?, ?)')
    .bind(photoId, hash, createdAt)
    .run()
}
