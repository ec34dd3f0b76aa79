import { and, eq, gt, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { signInCodes } from '../db/schema'
import { Problem } from '../http/problems'
import { digestHex, equalInConstantTime, hmacHex, randomCode, randomToken } from '../lib/crypto'
import { mailboxOf } from '../lib/email'
import { DAY, HOUR, MINUTE, SECOND } from '../lib/time'
import { sendCode } from './mail'

type DbNow = Pick<Capabilities, 'db' | 'now'>

/** How long a code can be used, in milliseconds. */
export const CODE_LIFE = 10 * MINUTE

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

/** What a code is mailed for, and what alone it can be used for. */
export type CodeUse = { purpose: 'sign-in' } | { purpose: 'address' | 'deletion'; userId: string }

/**
 * Mails a code and binds it to the asking browser. Returns the random id for the browser's cookie; only its hash is
 * stored, and the code only as an HMAC keyed with it, so neither the table nor another browser can use the code. Mails
 * are counted by mailbox, whatever tags the address has, and by client and mailbox, for all purposes together; the caps
 * stand inside the INSERT: parallel calls cannot pass.
 * @param values.email as `readEmail` gives it
 * @param values.client who asks, as for rate limits (`clientKey`)
 * @param values.known whether the asker has proven to read this mailbox before
 * @throws Problem `rate_limited`; `budget_exhausted`; `unavailable` where the mail is not taken, after taking the row back
 */
export async function mailCode(
  caps: Pick<Capabilities, 'db' | 'now' | 'email' | 'config'>,
  values: { email: string; client: string; known: boolean; use: CodeUse },
): Promise<string> {
  const { db, now } = caps
  const { email, client, known, use } = values
  const browserId = randomToken()
  const code = randomCode()
  const browserHash = await digestHex('SHA-256', browserId)
  const limits = MAILS[known ? 'known' : 'unknown']
  const mailbox = mailboxOf(email)
  const count = (what: string, since: string) =>
    `(SELECT count(*) FROM sign_in_codes WHERE ${what} AND known = ?6 AND created_at > ${since})`
  const inserted = await db.$client
    .prepare(
      `INSERT INTO sign_in_codes
         (browser_hash, email, email_hash, client_hash, code_hmac, known, created_at, purpose, user_id)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?14, ?15
       WHERE ${count('email_hash = ?3', '?8')} < ?10 AND ${count('email_hash = ?3', '?9')} < ?11
         AND ${count('client_hash = ?4', '?8')} < ?12 AND ${count('client_hash = ?4', '?9')} < ?13`,
    )
    .bind(
      browserHash,
      email,
      await hashMailbox(mailbox),
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
      use.purpose,
      use.purpose === 'sign-in' ? null : use.userId,
    )
    .run()
  if (!inserted.meta.changes) {
    const detail = 'Too many codes were asked for this address. Try again in an hour.'
    throw new Problem('rate_limited', detail, { retryAfter: HOUR / SECOND })
  }
  try {
    await sendCode(caps, { to: email, code, purpose: use.purpose, known })
  } catch (cause) {
    await db.delete(signInCodes).where(eq(signInCodes.browserHash, browserHash))
    if (cause instanceof Problem) throw cause
    throw new Problem('unavailable', 'The mail could not be sent. Try again in a moment.', { cause })
  }
  return browserId
}

/** What mails to a mailbox are counted by. Not the hash that its person is looked up by: it outlives their account by a day. */
function hashMailbox(mailbox: string): Promise<string> {
  return hmacHex('mailbox', mailbox)
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
  values: { browserId: string; use: CodeUse },
): Promise<MailedCode | null> {
  const [row] = await db
    .select({ email: signInCodes.email, tries: signInCodes.tries, createdAt: signInCodes.createdAt })
    .from(signInCodes)
    .where(isLive(await digestHex('SHA-256', values.browserId), values.use, now))
  if (!row?.email) return null
  const triesLeft = MAX_TRIES - row.tries
  const refusal = row.tries ? describeTries(triesLeft) : ''
  return { email: row.email, triesLeft, refusal, age: now - row.createdAt }
}

/** Ends a browser's code before its time. The row stays: it counts as a mail. */
export async function dropCode(
  { db, now }: DbNow,
  values: { browserId: string; use: CodeUse },
): Promise<void> {
  const live = isLive(await digestHex('SHA-256', values.browserId), values.use, now)
  await db.update(signInCodes).set({ usedAt: now, email: null }).where(live)
}

/** The codes of the last day that went to the mailboxes of these addresses. */
export async function isMailedTo(emails: string[]): Promise<SQL> {
  const mailboxes = emails.map((email) => hashMailbox(mailboxOf(email)))
  return inArray(signInCodes.emailHash, await Promise.all(mailboxes))
}

function isLive(browserHash: string, use: CodeUse, now: number) {
  return and(
    eq(signInCodes.browserHash, browserHash),
    eq(signInCodes.purpose, use.purpose),
    use.purpose === 'sign-in' ? undefined : eq(signInCodes.userId, use.userId),
    isNull(signInCodes.usedAt),
    gt(signInCodes.createdAt, now - CODE_LIFE),
  )
}

/** What is wrong with a code, for the browser that it was mailed for: no more than that browser could count. */
function describeTries(triesLeft: number): string {
  if (triesLeft === 0) return 'This code no longer works. Ask for a new one.'
  return `That code is not right. ${triesLeft === 1 ? 'One try' : `${triesLeft} tries`} left.`
}

/** What a browser says to prove that it got a code. */
export interface CodeProof {
  browserId: string | undefined
  /** Digits, as `readDigits` gives them. */
  code: string
  use: CodeUse
}

/**
 * Checks a code from the browser that asked for it. The try is counted before comparing, so parallel guesses gain
 * nothing.
 * @returns the address that it was mailed to
 * @throws Problem `invalid_code`: one answer for a used, expired or never asked code, and one of another purpose or
 * person; for a wrong one with `triesLeft`, which nobody but the browser that holds the live code is told
 */
export async function checkCode({ db, now }: DbNow, values: CodeProof): Promise<string> {
  const { browserId, code, use } = values
  if (!browserId) throw new Problem('invalid_code')
  const [row] = await db
    .update(signInCodes)
    .set({ tries: sql`${signInCodes.tries} + 1` })
    .where(and(isLive(await digestHex('SHA-256', browserId), use, now), lt(signInCodes.tries, MAX_TRIES)))
    .returning({ codeHmac: signInCodes.codeHmac, email: signInCodes.email, tries: signInCodes.tries })
  if (!row?.email) throw new Problem('invalid_code')
  if (!equalInConstantTime(row.codeHmac, await hmacHex(browserId, code))) {
    const triesLeft = MAX_TRIES - row.tries
    throw new Problem('invalid_code', describeTries(triesLeft), { members: { triesLeft } })
  }
  return row.email
}

/**
 * Marks a code that was checked as used, by one conditional statement.
 * @throws Problem `invalid_code` where it was used at once by somebody else
 */
export async function spendCode({ db, now }: DbNow, values: CodeProof): Promise<void> {
  const live = isLive(await digestHex('SHA-256', values.browserId ?? ''), values.use, now)
  const { meta } = await db.update(signInCodes).set({ usedAt: now, email: null }).where(live)
  if (!meta.changes) throw new Problem('invalid_code')
}

/**
 * Does what a code was mailed for, and spends it.
 * @param act does it for the address that the code has proven; twice at once must be as good as once. What it refuses
 *   costs no try, and the code stays good
 * @throws Problem as `checkCode`, and whatever `act` throws
 */
export async function useCode<T>(
  caps: DbNow,
  values: CodeProof,
  act: (email: string) => Promise<T>,
): Promise<T> {
  const email = await checkCode(caps, values)
  const done = await act(email).catch(async (error) => {
    await giveTryBack(caps, values)
    throw error
  })
  await spendCode(caps, values)
  return done
}

async function giveTryBack({ db, now }: DbNow, values: CodeProof): Promise<void> {
  const live = isLive(await digestHex('SHA-256', values.browserId ?? ''), values.use, now)
  await db
    .update(signInCodes)
    .set({ tries: sql`${signInCodes.tries} - 1` })
    .where(and(live, gt(signInCodes.tries, 0)))
}
