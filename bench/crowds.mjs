// Who shares with whom, and who wrote to whom, made up for measuring: statements for one batch, after `insertPeople`.
import { keyOf, personId, photoId } from './people.mjs'

/** People in these databases; the first one owns all photos and gets all messages. */
export const CROWD = 12

/** By what each of these sees the first photo. */
export const VIEWERS = { share: 2, tag: 3, album: 4 }

const OWNER = `'${personId(1)}'`
const FIRST = `'${photoId(1)}'`
const HASHES = JSON.stringify(Array.from({ length: CROWD }, (_, i) => keyOf(i + 1)))
const IDS = JSON.stringify(Array.from({ length: CROWD }, (_, i) => personId(i + 1)))

/** One of the viewers in turn. */
const VIEWER_HASH = `json_extract('${HASHES}', '$[' || (1 + i % 3) || ']')`
const hashOf = (number) => `'${keyOf(number)}'`
const NUMBERS = (count) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`

/** Sessions of everybody, by the hashes of their tokens. */
export function insertSessions(hashes, expires) {
  return hashes.map(
    (hash, i) =>
      `INSERT INTO sessions (id, token_hash, user_id, created_at, expires_at)
       VALUES ('s${i}', '${hash}', '${personId(i + 1)}', 0, ${expires})`,
  )
}

/**
 * The first photo, shown to one person by a share, to one by a tag and to one by an album; and beside it so many photos
 * of the same owner, each shared, tagged and in an album of its own with a member, these three people in turn. The
 * first photo and its album are themselves full of others, up to that number or to what Cameo lets in.
 */
export function insertShares(count) {
  const strangers = (most) => NUMBERS(Math.min(count, most))
  return [
    `INSERT INTO albums (id, user_id, title, created_at) VALUES ('first', ${OWNER}, 'X', 0)`,
    `INSERT INTO photo_shares VALUES (${FIRST}, ${hashOf(VIEWERS.share)}, 0)`,
    `INSERT INTO photo_tags VALUES (${FIRST}, ${hashOf(VIEWERS.tag)}, ${OWNER}, 0, 0, 1, 1, 0, NULL)`,
    `INSERT INTO album_photos VALUES ('first', ${FIRST}, ${OWNER}, 0)`,
    `INSERT INTO album_members VALUES ('first', ${hashOf(VIEWERS.album)}, 'viewer', 0)`,
    `${NUMBERS(count)} INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
      SELECT 'photo ' || i, ${OWNER}, 'ready', 'image/jpeg', 1, 4, 3, 'x', i FROM n`,
    `${NUMBERS(count)} INSERT INTO photo_shares SELECT 'photo ' || i, ${VIEWER_HASH}, i FROM n`,
    `${NUMBERS(count)} INSERT INTO photo_tags
      SELECT 'photo ' || i, ${VIEWER_HASH}, ${OWNER}, 0, 0, 1, 1, i, NULL FROM n`,
    `${NUMBERS(count)} INSERT INTO albums (id, user_id, title, created_at) SELECT 'album ' || i, ${OWNER}, 'X', i FROM n`,
    `${NUMBERS(count)} INSERT INTO album_photos SELECT 'album ' || i, 'photo ' || i, ${OWNER}, i FROM n`,
    `${NUMBERS(count)} INSERT INTO album_members SELECT 'album ' || i, ${VIEWER_HASH}, 'viewer', i FROM n`,
    `${strangers(199)} INSERT INTO photo_shares SELECT ${FIRST}, hex(randomblob(32)), i FROM n`,
    `${strangers(19)} INSERT INTO photo_tags
      SELECT ${FIRST}, hex(randomblob(32)), ${OWNER}, 0, 0, 1, 1, i, NULL FROM n`,
    `${strangers(199)} INSERT INTO album_members SELECT 'first', hex(randomblob(32)), 'viewer', i FROM n`,
    `${strangers(4999)} INSERT INTO album_photos SELECT 'first', 'photo ' || i, ${OWNER}, i FROM n`,
  ]
}

/** So many messages to the first person, of ten others in turn, and what Cameo keeps of their conversations. */
export function insertMessages(count) {
  const sender = (list) => `json_extract('${list}', '$[' || (1 + i % 10) || ']')`
  return [
    `${NUMBERS(count)} INSERT INTO messages (id, recipient_hash, sender_hash, sender_id, kind, text, created_at)
      SELECT 'message ' || i, ${hashOf(1)}, ${sender(HASHES)}, ${sender(IDS)}, 'message', 'hello', i FROM n`,
    `INSERT INTO conversations (recipient_hash, sender_hash, sender_id, last_seq, last_message_at)
      SELECT recipient_hash, sender_hash, sender_id, max(seq), max(created_at) FROM messages GROUP BY 1, 2`,
  ]
}
