// `/{database}/{question}/{count}`: asks what Cameo asks of D1 when somebody opens a picture or looks at the number on
// the inbox, so many times, one after the other, and says what was found and how many rows were read.

import { openDb } from '../../src/db/open.ts'
import { readUnread } from '../../src/messages/unread.ts'
import { findRenditionVisibleBy } from '../../src/photos/access.ts'
import { personId, photoId } from '../people.mjs'

/** What somebody would write who keeps messages alone. Every column that it reads is in one index. */
const NAIVE = `SELECT count(DISTINCT sender_hash) AS people FROM messages
  WHERE recipient_hash IN (SELECT hash FROM addresses WHERE user_id = ?1)
  AND seq > (SELECT inbox_opened_seq FROM users WHERE id = ?1)`

const QUESTIONS = {
  /** @param token the session's; @param number the photo's */
  picture: (database, token, number) =>
    findRenditionVisibleBy(
      { db: openDb(database), now: Date.now() },
      { ownerId: personId(1), photoId: photoId(Number(number)), credential: { via: 'session', token } },
    ),
  unread: (database) => readUnread({ db: openDb(database) }, { userId: personId(1) }),
  naive: (database) => database.prepare(NAIVE).bind(personId(1)).all(),
}

const kept = new Map()

export default {
  async fetch(request, env) {
    const [, database, question, count] = new URL(request.url).pathname.split('/')
    const name = `${database}/${question}`
    if (!kept.has(name)) kept.set(name, await recordStatement(env[database], question))
    const { text, values } = kept.get(name)
    let rows = 0
    let found
    for (let i = 0; i < Number(count); i++) {
      const { results, meta } = await env[database]
        .prepare(text)
        .bind(...values)
        .run()
      if (results.length !== 1) return new Response(`${name} finds nothing`, { status: 404 })
      found = results[0]
      rows += meta.rows_read
    }
    return Response.json({ found, rows })
  },
}

/** The one statement that a question makes, to be asked again with D1's own figures. */
async function recordStatement(database, question) {
  const [what, ...values] = question.split(',')
  const made = []
  const recorder = {
    prepare: (text) => ({
      bind(...bound) {
        made.push({ text, values: bound })
        return database.prepare(text).bind(...bound)
      },
    }),
  }
  await QUESTIONS[what](recorder, ...values)
  if (made.length !== 1) throw new Error(`${question} makes ${made.length} statements`)
  return made[0]
}
