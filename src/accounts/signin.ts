import { and, eq, gt } from 'drizzle-orm'
import { spend } from '../budgets/budgets'
import type { Capabilities } from '../capabilities'
import { addresses, knownBrowsers, users } from '../db/schema'
import { Problem } from '../http/problems'
import { digestHex, randomPublicKey, randomToken } from '../lib/crypto'
import { hashEmail } from '../lib/email-hash'
import { DAY } from '../lib/time'
import { mailCode, useCode } from './codes'
import { type Person, readPerson } from './person'

type DbNow = Pick<Capabilities, 'db' | 'now'>

/** What a code is mailed for here. */
export const SIGN_IN = { purpose: 'sign-in' } as const

/** How long a browser counts as one that has signed in before, in milliseconds. */
export const KNOWN_LIFE = 180 * DAY

/**
 * Mails a sign-in code: the same whether or not anybody has the address. Returns the id for the browser's `sign-in`
 * cookie.
 * @throws Problem as `mailCode`
 */
export async function requestCode(
  caps: Pick<Capabilities, 'db' | 'now' | 'email' | 'config'>,
  values: { email: string; client: string; knownBrowser: string | undefined },
): Promise<string> {
  const { email, client, knownBrowser } = values
  const known = knownBrowser ? await isKnownBrowser(caps, { browserId: knownBrowser, email }) : false
  return mailCode(caps, { email, client, known, use: SIGN_IN })
}

/** Whether a browser has signed in as the person who has this address. */
async function isKnownBrowser(
  { db, now }: DbNow,
  { browserId, email }: { browserId: string; email: string },
): Promise<boolean> {
  const [row] = await db
    .select({ hash: addresses.hash })
    .from(knownBrowsers)
    .innerJoin(addresses, eq(addresses.userId, knownBrowsers.userId))
    .where(
      and(
        eq(knownBrowsers.browserHash, await digestHex('SHA-256', browserId)),
        gt(knownBrowsers.expiresAt, now),
        eq(addresses.email, email),
      ),
    )
  return row !== undefined
}

/**
 * Checks a sign-in code and finds the account that has its address, or creates one.
 * @param values.code digits, as `readDigits` gives them
 * @throws Problem as `useCode`; `budget_exhausted` or `rate_limited` where a new account would be one too many
 */
export function redeemCode(
  caps: DbNow & Pick<Capabilities, 'config' | 'client'>,
  values: { browserId: string | undefined; code: string },
): Promise<Person> {
  return useCode(caps, { ...values, use: SIGN_IN }, (email) => findOrCreatePerson(caps, { email }))
}

/** Remembers a browser as one that has signed in as this user. Returns the id for its `known` cookie. */
export async function rememberBrowser({ db, now }: DbNow, values: { userId: string }): Promise<string> {
  const browserId = randomToken()
  const browserHash = await digestHex('SHA-256', browserId)
  await db.insert(knownBrowsers).values({ browserHash, userId: values.userId, expiresAt: now + KNOWN_LIFE })
  return browserId
}

async function findOrCreatePerson(
  caps: DbNow & Pick<Capabilities, 'config' | 'client'>,
  values: { email: string },
): Promise<Person> {
  const { db, now } = caps
  const { email } = values
  const hashes = await hashEmail(email)
  const { hash, hashAlias, md5Alias } = hashes
  // Addresses from before there were aliases get theirs at the next sign-in.
  const findOwner = () =>
    db
      .update(addresses)
      .set({ hashAlias, md5Alias })
      .where(eq(addresses.hash, hash))
      .returning({ id: addresses.userId })
  const [owner] = await findOwner()
  if (owner) return readPerson(caps, { userId: owner.id })
  await spend(caps, 'accounts')
  const userId = crypto.randomUUID()
  const primary = { ...hashes, email, userId, isPrimary: true, createdAt: now }
  try {
    await db.batch([
      db.insert(users).values({ id: userId, publicKey: randomPublicKey(), createdAt: now }),
      db.insert(addresses).values(primary),
    ])
    return await readPerson(caps, { userId })
  } catch (cause) {
    const [other] = await findOwner() // somebody was quicker with the same address: the account is theirs
    if (!other) throw new Problem('unavailable', undefined, { cause })
    return readPerson(caps, { userId: other.id })
  }
}
