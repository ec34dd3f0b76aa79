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

/** Rows for a table, in one batch each. */
async function insert(table: string, rows: Record<string, string | number | null>[]): Promise<void> {
  const statements = rows.map((row) => {
    const names = Object.keys(row)
    const places = names.map(() => '?')
    return env.DB.prepare(`INSERT INTO ${table} (${names}) VALUES (${places})`).bind(...Object.values(row))
  })
  if (statements.length > 0) await env.DB.batch(statements)
}

/** Words that no two texts have alike, as nothing that people write is. */
function sayAnything(letters: number): string {
  const words: string[] = []
  for (let length = 0; length < letters; length += (words.at(-1)?.length ?? 0) + 1)
    words.push(
      Math.random()
        .toString(36)
        .slice(2, 3 + Math.ceil(Math.random() * 8)),
    )
  return words.join(' ').slice(0, letters)
}

const randomHex = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)).toHex()

/**
 * Fills everything that a person's pages list with as many rows as a page shows and one more, or as many as there can be:
 * photos, albums, what others share, tags, people, conversations and messages, sessions, tokens.
 * @param other whose photos are shared with the person, and who writes
 * @returns ids for the paths of single pages: an album and a photo that are full, and whom most messages are from
 */
export async function seedFull(
  person: { id: string; hash: string },
  other: { id: string; hash: string },
): Promise<{ albumId: string; photoId: string }> {
  const LISTED = 51
  const now = Date.now()
  const many = <Row>(count: number, make: (number: number) => Row) =>
    Array.from({ length: count }, (_, n) => make(n))
  const photosOf = (user_id: string) =>
    many(LISTED, (n) => ({
      ...{
        id: crypto.randomUUID(),
        user_id,
        status: 'ready',
        content_type: 'image/jpeg',
        bytes: 4_000_000 + n,
      },
      ...{ width: 3000 + 13 * n, height: 4000 - 29 * n, etag: randomHex(16), alt_text: sayAnything(90) },
      ...{ file_name: `IMG_${1000 + 7 * n}.jpg`, taken_at: now - n * 90_000_000, created_at: now - n * 1000 },
      ...{
        rating: n % 3 === 0 ? 'pg' : 'g',
        stand_in: crypto.getRandomValues(new Uint8Array(24)).toBase64(),
      },
    }))
  const [own, theirs] = [photosOf(person.id), photosOf(other.id)]
  await insert('photos', [...own, ...theirs])
  const people = many(LISTED, () => ({ hash: randomHex(32), id: crypto.randomUUID() }))
  await insert(
    'users',
    people.map(({ id }) => ({
      id,
      public_key: randomHex(11),
      display_name: sayAnything(20),
      created_at: now,
    })),
  )
  await insert(
    'addresses',
    people.map(({ hash, id }) => ({
      ...{
        hash,
        md5: randomHex(16),
        email: `${id}@example.com`,
        user_id: id,
        is_primary: 1,
        created_at: now,
      },
    })),
  )
  const names = people
    .slice(1)
    .map(({ hash }) => ({ user_id: person.id, person_hash: hash, name: sayAnything(16) }))
  await insert('contacts', names)
  const albums = [person, other].flatMap(({ id }) =>
    many(LISTED, (n) => ({
      id: crypto.randomUUID(),
      user_id: id,
      title: sayAnything(30),
      created_at: now - n,
    })),
  )
  await insert('albums', albums)
  const [album, photo] = [albums[0]?.id ?? '', own[0]?.id ?? '']
  await insert(
    'album_photos',
    albums.flatMap(({ id, user_id: added_by }, n) => {
      const added = id === album ? own : [added_by === person.id ? own[n % LISTED] : theirs[n % LISTED]]
      return added.map((each) => ({ album_id: id, photo_id: each?.id ?? '', added_by, created_at: now - n }))
    }),
  )
  const membership = { role: 'contributor', created_at: now }
  await insert('album_members', [
    ...people.map(({ hash }) => ({ album_id: album, person_hash: hash, ...membership })),
    ...albums.slice(LISTED).map(({ id }) => ({ album_id: id, person_hash: person.hash, ...membership })),
  ])
  await insert('photo_shares', [
    ...people.map(({ hash }) => ({ photo_id: photo, person_hash: hash, created_at: now })),
    ...theirs.map(({ id }, n) => ({ photo_id: id, person_hash: person.hash, created_at: now - n })),
  ])
  const boxed = { tagged_by: other.id, width: 0.1, height: 0.1, created_at: now }
  await insert('photo_tags', [
    ...people
      .slice(0, 20)
      .map(({ hash }, n) => ({ photo_id: photo, person_hash: hash, x: n / 25, y: n / 30, ...boxed })),
    ...theirs.map(({ id }) => ({
      photo_id: id,
      person_hash: person.hash,
      x: Math.random() / 2,
      y: 0.25,
      ...boxed,
    })),
  ])
  const message = (number: number, sender: { id: string; hash: string }, text: string) => ({
    ...{
      id: crypto.randomUUID(),
      recipient_hash: person.hash,
      sender_hash: sender.hash,
      sender_id: sender.id,
    },
    ...{ kind: 'message', text, photo_id: number % 5 === 0 ? (theirs[number]?.id ?? null) : null },
    created_at: now - number * 1000,
  })
  await insert('messages', [
    ...people.map((sender, n) => message(n, sender, sayAnything(200))),
    ...many(LISTED, (n) => message(n, other, sayAnything(200))),
  ])
  await insert(
    'conversations',
    [...people, other].map(({ hash, id }, n) => ({
      ...{ recipient_hash: person.hash, sender_hash: hash, sender_id: id, last_message_at: now },
      last_seq: 1 + n,
    })),
  )
  await env.DB.prepare(
    `UPDATE conversations SET last_seq = (SELECT max(seq) FROM messages AS m
       WHERE m.recipient_hash = conversations.recipient_hash AND m.sender_hash = conversations.sender_hash)
     WHERE recipient_hash = ?`,
  )
    .bind(person.hash)
    .run()
  const ofTheirs = (n: number) => ({
    id: crypto.randomUUID(),
    user_id: person.id,
    token_hash: randomHex(32),
    created_at: now - n,
  })
  await insert(
    'sessions',
    many(49, (n) => ({ ...ofTheirs(n), browser: `Firefox ${n} on Windows`, expires_at: now + 1e9 })),
  )
  await insert(
    'api_tokens',
    many(49, (n) => ({ ...ofTheirs(n), name: sayAnything(30) })),
  )
  await insert(
    'links',
    [album, photo].flatMap((target) =>
      many(20, (n) => ({
        ...{ id: crypto.randomUUID(), token_hash: randomHex(32), download: n % 2, expires_at: now + 1e9 + n },
        ...{
          photo_id: target === photo ? photo : null,
          album_id: target === album ? album : null,
          created_at: now - n,
        },
      })),
    ),
  )
  return { albumId: album, photoId: photo }
}
