import { and, desc, eq, gt } from 'drizzle-orm'
import type { Db } from '../db/db'
import { apiTokens, sessions, type User, users } from '../db/schema'
import { digestHex, randomToken } from '../lib/crypto'

const DAY = 24 * 60 * 60 * 1000

/** How long a session lives after its last renewal, in milliseconds. */
export const SESSION_LIFE = 30 * DAY

/** Most API tokens a person may hold: more are a mistake or an attack on the table. */
const MAX_TOKENS = 50

/** Starts a session. Returns the token for the cookie; only its SHA-256 is stored. */
export async function createSession(db: Db, values: { userId: string }, now: number): Promise<string> {
  const token = randomToken()
  await db.insert(sessions).values({
    tokenHash: await digestHex('SHA-256', token),
    userId: values.userId,
    expiresAt: now + SESSION_LIFE,
    createdAt: now,
  })
  return token
}

/** The session's user, and whether a day has passed since its life was renewed; null if there is no live session. */
export async function findSession(
  db: Db,
  values: { token: string },
  now: number,
): Promise<{ user: User; slide: boolean } | null> {
  const tokenHash = await digestHex('SHA-256', values.token)
  const [row] = await db
    .select({ user: users, expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)))
  return row ? { user: row.user, slide: row.expiresAt < now + SESSION_LIFE - DAY } : null
}

/** Gives a session its full life again. */
export async function renewSession(db: Db, values: { token: string }, now: number): Promise<void> {
  const tokenHash = await digestHex('SHA-256', values.token)
  await db
    .update(sessions)
    .set({ expiresAt: now + SESSION_LIFE })
    .where(eq(sessions.tokenHash, tokenHash))
}

/** Ends a session. */
export async function deleteSession(db: Db, values: { token: string }): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, await digestHex('SHA-256', values.token)))
}

/** The owner of an API token; null for an unknown one. */
export async function findTokenOwner(db: Db, values: { token: string }): Promise<User | null> {
  const tokenHash = await digestHex('SHA-256', values.token)
  const [row] = await db
    .select({ user: users })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(eq(apiTokens.tokenHash, tokenHash))
  return row?.user ?? null
}

export interface TokenJson {
  id: string
  name: string
  createdAt: number
}

/** A person's API tokens, newest first, without the secrets. One page: there are at most MAX_TOKENS. */
export async function listTokens(
  db: Db,
  values: { userId: string },
): Promise<{ items: TokenJson[]; nextCursor: null }> {
  const items = await db
    .select({ id: apiTokens.id, name: apiTokens.name, createdAt: apiTokens.createdAt })
    .from(apiTokens)
    .where(eq(apiTokens.userId, values.userId))
    .orderBy(desc(apiTokens.createdAt))
  return { items, nextCursor: null }
}

/**
 * Makes an API token. `token` is shown this once; the prefix lets secret scanners know it.
 * null when the person holds MAX_TOKENS already: counted inside the INSERT, so that parallel calls cannot pass.
 */
export async function createToken(
  db: Db,
  values: { userId: string; name: string },
  now: number,
): Promise<(TokenJson & { token: string }) | null> {
  const token = `cameo_${randomToken()}`
  const id = crypto.randomUUID()
  const tokenHash = await digestHex('SHA-256', token)
  const result = await db.$client
    .prepare(
      `INSERT INTO api_tokens (id, user_id, name, token_hash, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*) FROM api_tokens WHERE user_id = ?2) < ?6`,
    )
    .bind(id, values.userId, values.name, tokenHash, now, MAX_TOKENS)
    .run()
  return result.meta.changes ? { id, name: values.name, token, createdAt: now } : null
}

/** Revokes an API token. false if the person has none of that id. */
export async function deleteToken(db: Db, values: { userId: string; id: string }): Promise<boolean> {
  const gone = await db
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, values.id), eq(apiTokens.userId, values.userId)))
    .returning({ id: apiTokens.id })
  return gone.length > 0
}
