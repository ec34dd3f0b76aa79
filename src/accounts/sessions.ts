import { and, eq, gt, type Placeholder, type SQL } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { sessions, type User, users } from '../db/schema'
import { digestHex, randomToken } from '../lib/crypto'
import { DAY } from '../lib/time'

type Db = Pick<Capabilities, 'db'>
type DbNow = Pick<Capabilities, 'db' | 'now'>

/** How long a session lives after its last renewal, in milliseconds. */
export const SESSION_LIFE = 30 * DAY

/** Starts a session. Returns the token for the cookie; only its SHA-256 is stored. */
export async function createSession({ db, now }: DbNow, values: { userId: string }): Promise<string> {
  const token = randomToken()
  await db.insert(sessions).values({
    tokenHash: await digestHex('SHA-256', token),
    userId: values.userId,
    expiresAt: now + SESSION_LIFE,
    createdAt: now,
  })
  return token
}

/** The one condition under which a session is somebody's, for every query that asks whose. */
export function isLive(values: {
  tokenHash: string | Placeholder
  now: number | Placeholder
}): SQL | undefined {
  return and(eq(sessions.tokenHash, values.tokenHash), gt(sessions.expiresAt, values.now))
}

/** Whether a day has passed since a session's life was renewed. */
export function isToSlide(values: { expiresAt: number; now: number }): boolean {
  return values.expiresAt < values.now + SESSION_LIFE - DAY
}

/** The session's user, and whether its life is to be renewed; null if there is no live session. */
export async function findSession(
  { db, now }: DbNow,
  values: { token: string },
): Promise<{ user: User; slide: boolean } | null> {
  const tokenHash = await digestHex('SHA-256', values.token)
  const [row] = await db
    .select({ user: users, expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(isLive({ tokenHash, now }))
  return row ? { user: row.user, slide: isToSlide({ expiresAt: row.expiresAt, now }) } : null
}

/** Gives a session its full life again. */
export async function renewSession({ db, now }: DbNow, values: { token: string }): Promise<void> {
  const tokenHash = await digestHex('SHA-256', values.token)
  await db
    .update(sessions)
    .set({ expiresAt: now + SESSION_LIFE })
    .where(eq(sessions.tokenHash, tokenHash))
}

/** Ends a session. */
export async function deleteSession({ db }: Db, values: { token: string }): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, await digestHex('SHA-256', values.token)))
}
