import { and, desc, eq, gt, ne, notInArray, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { addresses, sessions, users } from '../db/schema'
import { digestHex, randomToken } from '../lib/crypto'
import { DAY } from '../lib/time'
import type { SessionJson } from './answers'
import { nameBrowser } from './browser'
import { isPrimaryOfUser, type Person, personColumns } from './person'

type DbNow = Pick<Capabilities, 'db' | 'now'>
/** What ends sessions pokes the inbox: it closes the WebSockets of those that are gone. */
type Ending = Pick<Capabilities, 'db' | 'inboxes'>

/** How long a session lives after its last renewal, in milliseconds. */
export const SESSION_LIFE = 30 * DAY

/** Most browsers that are signed in as one person: one more ends the session that was used the longest ago. */
const MAX_SESSIONS = 50

/**
 * Starts a session. Returns the token for the cookie; only its SHA-256 is stored.
 * @param values.userAgent the browser's `User-Agent`: what is kept of it is a name
 */
export async function createSession(
  { db, now, inboxes }: DbNow & Ending,
  values: { userId: string; userAgent: string },
): Promise<string> {
  const { userId, userAgent } = values
  const token = randomToken()
  const newest = db
    .select({ tokenHash: sessions.tokenHash })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.expiresAt))
    .limit(MAX_SESSIONS)
  await db.batch([
    db.insert(sessions).values({
      tokenHash: await digestHex('SHA-256', token),
      id: crypto.randomUUID(),
      userId,
      browser: await nameBrowser(userAgent),
      expiresAt: now + SESSION_LIFE,
      createdAt: now,
    }),
    db.delete(sessions).where(and(eq(sessions.userId, userId), notInArray(sessions.tokenHash, newest))),
  ])
  inboxes.poke(userId)
  return token
}

/** The one condition under which a session is somebody's, for every query that asks whose. */
export function isLive(values: {
  tokenHash: string | Placeholder
  now: number | Placeholder
}): SQL | undefined {
  return and(eq(sessions.tokenHash, values.tokenHash), gt(sessions.expiresAt, values.now))
}

/** When a session was last used, to the day (UTC): its life is renewed at the first use of each. */
export const lastUseOf = sql<number>`${sessions.expiresAt} - ${SESSION_LIFE}`

/** Whether what was last used then is used for the first time on this day (UTC): it is noted no oftener than that. */
export function isOfAnotherDay(lastUsedAt: number | null, now: number): boolean {
  return lastUsedAt === null || Math.floor(lastUsedAt / DAY) < Math.floor(now / DAY)
}

/** The session's person, and whether this is its first use today; null if there is no live session. */
export async function findSession(
  { db, now }: DbNow,
  values: { token: string },
): Promise<{ person: Person; firstToday: boolean } | null> {
  const tokenHash = await digestHex('SHA-256', values.token)
  const [row] = await db
    .select({ person: personColumns, lastUsedAt: lastUseOf })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(addresses, isPrimaryOfUser)
    .where(isLive({ tokenHash, now }))
  return row ? { person: row.person, firstToday: isOfAnotherDay(row.lastUsedAt, now) } : null
}

/** Gives a session its full life again. */
export async function renewSession({ db, now }: DbNow, values: { token: string }): Promise<void> {
  const tokenHash = await digestHex('SHA-256', values.token)
  await db
    .update(sessions)
    .set({ expiresAt: now + SESSION_LIFE })
    .where(eq(sessions.tokenHash, tokenHash))
}

/**
 * The browsers that are signed in as a person, the one used last first. One page: there are at most MAX_SESSIONS.
 * @param values.token the asking browser's own
 */
export async function listSessions(
  { db, now }: DbNow,
  values: { userId: string; token: string },
): Promise<SessionJson[]> {
  const current = await digestHex('SHA-256', values.token)
  const { id, tokenHash, browser, createdAt } = sessions
  const rows = await db
    .select({ id, tokenHash, browser, createdAt, lastUsedAt: lastUseOf })
    .from(sessions)
    .where(and(eq(sessions.userId, values.userId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.expiresAt), desc(sessions.id))
  return rows.map(({ tokenHash, ...row }) => ({ ...row, current: tokenHash === current }))
}

/** Ends one of a person's sessions. false if they have none of that id. */
export async function endSession(
  { db, inboxes }: Ending,
  values: { userId: string; id: string },
): Promise<boolean> {
  const gone = await db
    .delete(sessions)
    .where(and(eq(sessions.id, values.id), eq(sessions.userId, values.userId)))
    .returning({ id: sessions.id })
  inboxes.poke(values.userId)
  return gone.length > 0
}

/** Ends all of a person's sessions but the one of this token. */
export async function endOtherSessions(
  { db, inboxes }: Ending,
  values: { userId: string; token: string },
): Promise<void> {
  const tokenHash = await digestHex('SHA-256', values.token)
  await db.delete(sessions).where(and(eq(sessions.userId, values.userId), ne(sessions.tokenHash, tokenHash)))
  inboxes.poke(values.userId)
}

/** Ends the session of a token. */
export async function deleteSession({ db, inboxes }: Ending, values: { token: string }): Promise<void> {
  const [gone] = await db
    .delete(sessions)
    .where(eq(sessions.tokenHash, await digestHex('SHA-256', values.token)))
    .returning({ userId: sessions.userId })
  inboxes.poke(gone?.userId)
}
