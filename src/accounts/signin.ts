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
import { mailboxOf } from '../lib/email'
import { hashEmail } from '../lib/email-hash'
import { DAY, HOUR, MINUTE, SECOND } from '../lib/time'
import { sendCode } from './mail'

type DbNow = Pick<Capabilities, 'db' | 'now'>

/** How long a code can be used, in milliseconds. */
export const CODE_LIFE = 10 * MINUTE

/** How long a browser counts as one that has signed in before, in milliseconds. */
export const KNOWN_LIFE = 180 * DAY

/** Wrong guesses a code takes. With the mails below, all strangers together have 150 in 10⁸ a day for one mailbox. */
const MAX_TRIES = 5

/**
 * Mails to one mailbox. Strangers and new browsers share the first allowance, of which one client gets the smaller
 * part: it takes four networks to use up an hour. A browser that has signed in as this address has the second, which
 * no stranger can touch.
 */
const MAILS = {
  unknown: { mailbox: { hour: 10, day: 30 }, client: { hour: 3, day: 6 } },
  known: { mailbox: { hour: 5, day: 20 }, client: { hour: 5, day: 20 } },
}

/**
 * Mails a sign-in code and binds it to the asking browser. Returns the random id for the browser's `sign-in`
 * cookie; only its hash is stored, and the code only as an HMAC keyed with it, so neither the table nor another
 * browser can use the code. Mails are counted by mailbox, whatever tags the address has, and by client and mailbox;
 * the caps stand inside the INSERT: parallel calls cannot pass.
 * @param values.email as `readEmail` gives it
 * @param values.client who asks, as for rate limits (`clientKey`)
 * @throws Problem `rate_limited`; `budget_exhausted`; `unavailable` where the mail is not taken, after taking the row back
 */
export async function requestCode(
  caps: Pick<Capabilities, 'db' | 'now' | 'email' | 'config'>,
  values: { email: string; client: string; knownBrowser: string | undefined },
): Promise<string> {
  const { db, now } = caps
  const { email, client } = values
  const browserId = randomToken()
  const code = randomCode()
  const browserHash = await digestHex('SHA-256', browserId)
  const known = values.knownBrowser
    ? await isKnownBrowser(caps, { browserId: values.knownBrowser, email })
    : false
  const limits = MAILS[known ? 'known' : 'unknown']
  const mailbox = mailboxOf(email)
  const count = (what: string, since: string) =>
    `(SELECT count(*) FROM sign_in_codes WHERE ${what} AND known = ?6 AND created_at > ${since})`
  const inserted = await db.$client
    .prepare(
      `INSERT INTO sign_in_codes (browser_hash, email, email_hash, client_hash, code_hmac, known, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
       WHERE ${count('email_hash = ?3', '?8')} < ?10 AND ${count('email_hash = ?3', '?9')} < ?11
         AND ${count('client_hash = ?4', '?8')} < ?12 AND ${count('client_hash = ?4', '?9')} < ?13`,
    )
    .bind(
      browserHash,
      email,
      await digestHex('SHA-256', mailbox),
      await hmacHex(mailbox, client),
      await hmacHex(browserId, code),
      known ? 1 : 0,
      now,
      now - HOUR,
      now - DAY,
      limits.mailbox.hour,
      limits.mailbox.day,
      limits.client.hour,
      limits.client.day,
    )
    .run()
  if (!inserted.meta.changes) {
    const detail = 'Too many codes were asked for this address. Try again in an hour.'
    throw new Problem('rate_limited', detail, { retryAfter: HOUR / SECOND })
  }
  try {
    await sendCode(caps, { to: email, code, known })
  } catch (cause) {
    await db.delete(signInCodes).where(eq(signInCodes.browserHash, browserHash))
    if (cause instanceof Problem) throw cause
    throw new Problem('unavailable', 'The mail could not be sent. Try again in a moment.', { cause })
  }
  return browserId
}

async function isKnownBrowser(
  { db, now }: DbNow,
  { browserId, email }: { browserId: string; email: string },
): Promise<boolean> {
  const [row] = await db
    .select({ id: users.id })
    .from(knownBrowsers)
    .innerJoin(users, eq(users.id, knownBrowsers.userId))
    .where(
      and(
        eq(knownBrowsers.browserHash, await digestHex('SHA-256', browserId)),
        gt(knownBrowsers.expiresAt, now),
        eq(users.email, email),
      ),
    )
  return row !== undefined
}

/** A code that was mailed for a browser, neither used nor expired. `triesLeft` is 0 where it was guessed too often. */
export interface MailedCode {
  email: string
  triesLeft: number
  /** What is wrong with the last try; empty where there was none. */
  refusal: string
  /** Milliseconds since it was mailed. */
  age: number
}

/** The code that a browser waits for, for its holder alone; null for none. */
export async function findMailedCode(
  { db, now }: DbNow,
  values: { browserId: string },
): Promise<MailedCode | null> {
  const [row] = await db
    .select({ email: signInCodes.email, tries: signInCodes.tries, createdAt: signInCodes.createdAt })
    .from(signInCodes)
    .where(isLive(await digestHex('SHA-256', values.browserId), now))
  if (!row?.email) return null
  const triesLeft = MAX_TRIES - row.tries
  const refusal = row.tries ? describeTries(triesLeft) : ''
  return { email: row.email, triesLeft, refusal, age: now - row.createdAt }
}

/** Ends a browser's code before its time. The row stays: it counts as a mail. */
export async function dropCode({ db, now }: DbNow, values: { browserId: string }): Promise<void> {
  const live = isLive(await digestHex('SHA-256', values.browserId), now)
  await db.update(signInCodes).set({ usedAt: now, email: null }).where(live)
}

const isLive = (browserHash: string, now: number) =>
  and(
    eq(signInCodes.browserHash, browserHash),
    isNull(signInCodes.usedAt),
    gt(signInCodes.createdAt, now - CODE_LIFE),
  )

/** What is wrong with a code, for the browser that it was mailed for: no more than that browser could count. */
function describeTries(triesLeft: number): string {
  if (triesLeft === 0) return 'This code no longer works. Ask for a new one.'
  return `That code is not right. ${triesLeft === 1 ? 'One try' : `${triesLeft} tries`} left.`
}

/**
 * Checks a code from the browser that asked for it and finds or creates the account. The try is counted before
 * comparing, and the code is marked used by one conditional statement, so parallel guesses gain nothing.
 * @param values.code digits, as `readDigits` gives them
 * @throws Problem `invalid_code`: one answer for a used, expired or never asked code; for a wrong one with
 * `triesLeft`, which nobody but the browser that holds the live code is told; `budget_exhausted` or `rate_limited` where
 * a new account would be one too many, and the code stays good
 */
export async function redeemCode(
  caps: DbNow & Pick<Capabilities, 'config' | 'client'>,
  values: { browserId: string | undefined; code: string },
): Promise<User> {
  const { db, now } = caps
  if (!values.browserId) throw new Problem('invalid_code')
  const browserHash = await digestHex('SHA-256', values.browserId)
  const live = isLive(browserHash, now)
  const [row] = await db
    .update(signInCodes)
    .set({ tries: sql`${signInCodes.tries} + 1` })
    .where(and(live, lt(signInCodes.tries, MAX_TRIES)))
    .returning({ codeHmac: signInCodes.codeHmac, email: signInCodes.email, tries: signInCodes.tries })
  if (!row?.email) throw new Problem('invalid_code')
  if (!equalInConstantTime(row.codeHmac, await hmacHex(values.browserId, values.code))) {
    const triesLeft = MAX_TRIES - row.tries
    throw new Problem('invalid_code', describeTries(triesLeft), { members: { triesLeft } })
  }
  try {
    await admitAccount(caps, { email: row.email })
  } catch (refused) {
    // It was the right code: five tries at a full day would else use it up before the day is over.
    await db
      .update(signInCodes)
      .set({ tries: sql`${signInCodes.tries} - 1` })
      .where(live)
    throw refused
  }
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
  const { email } = values
  const hashes = await hashEmail(email)
  const { hashAlias, md5Alias } = hashes
  const [user] = await db
    .insert(users)
    .values({
      id: crypto.randomUUID(),
      email,
      ...hashes,
      publicKey: randomPublicKey(),
      createdAt: now,
    })
    // Accounts from before there were aliases get theirs at the next sign-in.
    .onConflictDoUpdate({ target: users.email, set: { hashAlias, md5Alias } })
    .returning()
  if (!user) throw new Problem('unavailable')
  return user
}
