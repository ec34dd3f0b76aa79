// People made up for measuring, numbered from 1. Their keys are spread over the whole index, as hashes are.

const FACTOR = 2654435761 // odd, so that no two numbers below 2^32 meet (Knuth, section 6.4)

/** The key (64 hex) of a person; keyOfSql says the same in SQL. */
export function keyOf(number) {
  return ((number * FACTOR) % 2 ** 32).toString(16).padStart(8, '0').repeat(8)
}

const PART = `printf('%08x', (i * ${FACTOR}) % ${2 ** 32})`
const HASH = `replace('........', '.', ${PART})`

export const personId = (number) => `10000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
export const photoId = (number) => `20000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
const PERSON_ID = "printf('10000000-0000-4000-8000-%012x', i)"
const PHOTO_ID = "printf('20000000-0000-4000-8000-%012x', i)"

const NUMBERS = (count) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT`

/** Statements for one batch: `count` people of Cameo's schema, each showing a photo. */
export function insertPeople(count, { width, height }) {
  return [
    'PRAGMA defer_foreign_keys = on', // people and photos point at each other
    `INSERT INTO users (id, public_key, active_photo_id, created_at) ${NUMBERS(count)}
      ${PERSON_ID}, substr(${HASH}, 1, 22), ${PHOTO_ID}, 0 FROM n`,
    `INSERT INTO addresses (hash, md5, email, user_id, is_primary, active_photo_id, created_at) ${NUMBERS(count)}
      ${HASH}, substr(${HASH}, 1, 32), i || '@example.com', ${PERSON_ID}, 1, ${PHOTO_ID}, 0 FROM n`,
    `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
      ${NUMBERS(count)} ${PHOTO_ID}, ${PERSON_ID}, 'ready', 'image/jpeg', 1, ${width}, ${height}, 'x', 0 FROM n`,
  ]
}

/** Statements for one batch: `count` people of the naive schema with two pictures each, the second one active. */
export function insertNaivePeople(count) {
  return [
    'CREATE TABLE people (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE)',
    'CREATE TABLE pictures (id TEXT PRIMARY KEY, person_id TEXT NOT NULL, is_active INTEGER NOT NULL)',
    'CREATE INDEX pictures_person ON pictures (person_id)',
    `INSERT INTO people ${NUMBERS(count)} ${PERSON_ID}, ${HASH} FROM n`,
    `INSERT INTO pictures ${NUMBERS(count)} 'old' || ${PHOTO_ID}, ${PERSON_ID}, 0 FROM n`,
    `INSERT INTO pictures ${NUMBERS(count)} ${PHOTO_ID}, ${PERSON_ID}, 1 FROM n`,
  ]
}
