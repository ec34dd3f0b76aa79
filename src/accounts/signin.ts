import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { spend } from '../budgets/budgets'
import type { Capabilities } from '../capabilities'
import { knownBrowsers, signInCodes, type User, users } from '../db/schema'
import { Problem } from '../http/problems'
import {
  digestHex,
  equalInConstantTime,
  hmacHex,
  randomCode,
  randomPublicKey,
  randomToken,
} from '../lib/crypto'
import { hashEmail } from '../lib/email'
import { DAY, HOUR, MINUTE, SECOND } from '../lib/time'
import { sendCode } from './mail'

type DbNow = Pick<Capabilities, 'db' | 'now'>

/** How long a code can be used, in milliseconds. */
export const CODE_LIFE = 10 * MINUTE

/** How long a browser counts as one that has signed in before, in milliseconds. */
export const KNOWN_LIFE = 180 * DAY

/** Wrong guesses a code takes. With five mails an hour, a guesser has 25 in 10⁸ an hour. */
const MAX_TRIES = 5
const MAILS_AN_HOUR = 5
const MAILS_A_DAY = 20

/**
 * Mails a sign-in code and binds it to the asking browser. Returns the random id for the browser's `sign-in`
 * cookie; only its hash is stored, and the code only as an HMAC keyed with it, so neither the table nor another
 * browser can use the code. The caps a day and an hour are counted inside the INSERT: parallel calls cannot pass.
 * A browser that has signed in as this address before has an allowance of its own, or strangers could lock
 * the owner out by using up the mails.
 * @throws Problem `rate_limited`; `budget_exhausted`; `unavailable` where the mail is not taken, after taking the row back
 */
export async function requestCode(
  caps: Pick<Capabilities, 'db' | 'now' | 'email' | 'config'>,
  values: { email: string; knownBrowser: string | undefined },
): Promise<string> {
  const { db, now } = caps
  const browserId = randomToken()
  const code = randomCode()
  const { hash } = await hashEmail(values.email)
  const browserHash = await digestHex('SHA-256', browserId)
  const known = values.knownBrowser
    ? await isKnownBrowser(caps, { browserId: values.knownBrowser, emailHash: hash })
    : false
  const inserted = await db.$client
    .prepare(
      `INSERT INTO sign_in_codes (browser_hash, email, email_hash, code_hmac, known, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6
       WHERE (SELECT count(*) FROM sign_in_codes WHERE email_hash = ?3 AND known = ?5 AND created_at > ?7) < ?8
         AND (SELECT count(*) FROM sign_in_codes WHERE email_hash = ?3 AND known = ?5 AND created_at > ?9) < ?10`,
    )
    .bind(
      browserHash,
      values.email,
      hash,
      await hmacHex(browserId, code),
      known ? 1 : 0,
      now,
      now - HOUR,
      MAILS_AN_HOUR,
      now - DAY,
      MAILS_A_DAY,
    )
    .run()
  if (!inserted.meta.changes) {
    const detail = 'Too many codes were asked for this address. Try again in an hour.'
    throw new Problem('rate_limited', detail, { retryAfter: HOUR / SECOND })
  }
  try {
    await sendCode(caps, { to: values.email, code })
  } catch (cause) {
    await db.delete(signInCodes).where(eq(signInCodes.browserHash, browserHash))
    if (cause instanceof Problem) throw cause
    throw new Problem('unavailable', 'The mail could not be sent. Try again in a moment.', { cause })
  }
  return browserId
}

async function isKnownBrowser(
  { db, now }: DbNow,
  { browserId, emailHash }: { browserId: string; emailHash: string },
): Promise<boolean> {
  const [row] = await db
    .select({ hash: users.hash })
    .from(knownBrowsers)
    .innerJoin(users, eq(users.id, knownBrowsers.userId))
    .where(
      and(
        eq(knownBrowsers.browserHash, await digestHex('SHA-256', browserId)),
        gt(knownBrowsers.expiresAt, now),
        eq(users.hash, emailHash),
      ),
    )
  return row !== undefined
}

/**
 * Checks a code from the browser that asked for it and finds or creates the account. The try is counted before
 * comparing, and the code is marked used by one conditional statement, so parallel guesses gain nothing.
 * @throws Problem `invalid_code`: one answer for a wrong, used, expired or never asked code; `budget_exhausted` or
 *   `rate_limited` where a new account would be one too many, and the code stays good
 */
export async function redeemCode(
  caps: DbNow & Pick<Capabilities, 'config' | 'client'>,
  values: { browserId: string | undefined; code: string },
): Promise<User> {
  const { db, now } = caps
  if (!values.browserId) throw new Problem('invalid_code')
  const browserHash = await digestHex('SHA-256', values.browserId)
  const live = and(
    eq(signInCodes.browserHash, browserHash),
    isNull(signInCodes.usedAt),
    gt(signInCodes.createdAt, now - CODE_LIFE),
  )
  const [row] = await db
    .update(signInCodes)
    .set({ tries: sql`${signInCodes.tries} + 1` })
    .where(and(live, lt(signInCodes.tries, MAX_TRIES)))
    .returning({ codeHmac: signInCodes.codeHmac, email: signInCodes.email })
  if (!row?.email) throw new Problem('invalid_code')
  if (!equalInConstantTime(row.codeHmac, await hmacHex(values.browserId, values.code)))
    throw new Problem('invalid_code')
  await admitAccount(caps, { email: row.email })
  const user = await findOrCreateUser(caps, { email: row.email })
  const used = await db
    .update(signInCodes)
    .set({ usedAt: now, email: null })
    .where(live)
    .returning({ browserHash: signInCodes.browserHash })
  if (!used.length) throw new Problem('invalid_code')
  return user
}

/** Remembers a browser as one that has signed in as this user. Returns the id for its `known` cookie. */
export async function rememberBrowser({ db, now }: DbNow, values: { userId: string }): Promise<string> {
  const browserId = randomToken()
  const browserHash = await digestHex('SHA-256', browserId)
  await db.insert(knownBrowsers).values({ browserHash, userId: values.userId, expiresAt: now + KNOWN_LIFE })
  return browserId
}

/** Counts the account that this e-mail is about to get, if it has none. */
async function admitAccount(
  caps: Pick<Capabilities, 'db' | 'now' | 'config' | 'client'>,
  values: { email: string },
): Promise<void> {
  const [user] = await caps.db.select({ id: users.id }).from(users).where(eq(users.email, values.email))
  if (!user) await spend(caps, 'accounts')
}

async function findOrCreateUser({ db, now }: DbNow, values: { email: string }): Promise<User> {
  const { hash, md5 } = await hashEmail(values.email)
  await db
    .insert(users)
    .values({
      id: crypto.randomUUID(),
      email: values.email,
      hash,
      md5,
      publicKey: randomPublicKey(),
      createdAt: now,
    })
    .onConflictDoNothing({ target: users.email })
  const [user] = await db.select().from(users).where(eq(users.email, values.email))
  if (!user) throw new Problem('unavailable')
  return user
}
