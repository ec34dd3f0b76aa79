import { and, desc, eq } from 'drizzle-orm'
import { countUse, secondsLeft } from '../budgets/counts'
import type { Capabilities } from '../capabilities'
import { addresses, apiTokens, users } from '../db/schema'
import { Problem } from '../http/problems'
import { digestHex, randomToken } from '../lib/crypto'
import type { TokenJson } from './answers'
import { isPrimaryOfUser, type Person, personColumns } from './person'
import { isOfAnotherDay } from './sessions'

type Db = Pick<Capabilities, 'db'>
type DbNow = Pick<Capabilities, 'db' | 'now'>

/** Most API tokens a person may hold: more are a mistake or an attack on the table. */
const MAX_TOKENS = 50

/** Most that a person may make in a day (UTC), revoked ones included: each is a write. */
const TOKENS_A_DAY = 20

/** The owner of an API token, and whether this is its first use today; null for an unknown one. */
export async function findTokenOwner(
  { db, now }: DbNow,
  values: { token: string },
): Promise<{ person: Person; firstToday: boolean } | null> {
  const tokenHash = await digestHex('SHA-256', values.token)
  const [row] = await db
    .select({ person: personColumns, lastUsedAt: apiTokens.lastUsedAt })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .innerJoin(addresses, isPrimaryOfUser)
    .where(eq(apiTokens.tokenHash, tokenHash))
  return row ? { person: row.person, firstToday: isOfAnotherDay(row.lastUsedAt, now) } : null
}

/** Notes that a token is used today. */
export async function noteTokenUse({ db, now }: DbNow, values: { token: string }): Promise<void> {
  const tokenHash = await digestHex('SHA-256', values.token)
  await db.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.tokenHash, tokenHash))
}

/** A person's API tokens, newest first, without the secrets. One page: there are at most MAX_TOKENS. */
export async function listTokens({ db }: Db, values: { userId: string }): Promise<TokenJson[]> {
  const { id, name, lastUsedAt, createdAt } = apiTokens
  return db
    .select({ id, name, lastUsedAt, createdAt })
    .from(apiTokens)
    .where(eq(apiTokens.userId, values.userId))
    .orderBy(desc(apiTokens.createdAt))
}

/**
 * Makes an API token. `token` is shown this once; the prefix lets secret scanners know it.
 * null when the person holds MAX_TOKENS already: counted inside the INSERT, so that parallel calls cannot pass.
 * @throws Problem `rate_limited` after TOKENS_A_DAY
 */
export async function createToken(
  caps: DbNow,
  values: { userId: string; name: string },
): Promise<(TokenJson & { token: string }) | null> {
  const { db, now } = caps
  const today = { kind: 'tokens' as const, lines: [{ who: values.userId, limit: TOKENS_A_DAY }] }
  if (!(await countUse(caps, today))) {
    const detail = `At most ${TOKENS_A_DAY} API tokens a day, revoked ones included. Try again tomorrow (UTC).`
    throw new Problem('rate_limited', detail, { retryAfter: secondsLeft(now) })
  }
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
  return result.meta.changes ? { id, name: values.name, token, lastUsedAt: null, createdAt: now } : null
}

/** Revokes an API token. false if the person has none of that id. */
export async function deleteToken({ db }: Db, values: { userId: string; id: string }): Promise<boolean> {
  const gone = await db
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, values.id), eq(apiTokens.userId, values.userId)))
    .returning({ id: apiTokens.id })
  return gone.length > 0
}
