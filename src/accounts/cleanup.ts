import { and, isNotNull, lt } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { keyRenewals, knownBrowsers, sessions, signInCodes } from '../db/schema'
import { DAY, HOUR } from '../lib/time'
import { CODE_LIFE } from './signin'

/** Removes codes, sessions, known browsers and counts that have expired. Idempotent. */
export async function cleanUpAccounts({ db, now }: Pick<Capabilities, 'db' | 'now'>): Promise<void> {
  await db.batch([
    db.delete(signInCodes).where(lt(signInCodes.createdAt, now - DAY)), // mails a day are counted by these rows
    db
      .update(signInCodes)
      .set({ email: null })
      .where(and(lt(signInCodes.createdAt, now - CODE_LIFE), isNotNull(signInCodes.email))),
    db.delete(sessions).where(lt(sessions.expiresAt, now)),
    db.delete(knownBrowsers).where(lt(knownBrowsers.expiresAt, now)),
    db.delete(keyRenewals).where(lt(keyRenewals.createdAt, now - HOUR)),
  ])
}
