import { countUse, secondsLeft, takeBackUse } from '../../budgets/counts'
import type { Capabilities } from '../../capabilities'
import type { Link } from '../../db/schema'
import { Problem } from '../../http/problems'
import { equalInConstantTime, hmacHex } from '../../lib/crypto'
import { isPasswordOf } from './password'

/**
 * Wrong passwords that a link takes in a day (UTC), whoever types them. The minute of a client (PASSWORD_LIMIT) does not
 * stop somebody with many networks; this does, at the price that they can shut everybody out of that link until the
 * day is over. Its owner makes another.
 */
const WRONG_A_DAY = 100

/** Of a link what telling whether somebody may enter takes. */
type Door = Pick<Link, 'id' | 'passwordHash'>

/**
 * Tries a password. It is counted before it is compared, and a right one given back: however many are tried at once, no
 * more than WRONG_A_DAY of them are compared and found wrong.
 * @returns what proves to `hasEntered` that the password was given; null for a wrong one
 * @throws Problem `rate_limited` beyond it, for the right one too
 */
export async function tryPassword(
  caps: Pick<Capabilities, 'db' | 'now'>,
  values: { link: Door; token: string; password: string },
): Promise<string | null> {
  const { link, token, password } = values
  const today = { kind: 'link-passwords' as const, lines: [{ who: link.id, limit: WRONG_A_DAY }] }
  if (!(await countUse(caps, today))) {
    const detail = 'Too many wrong passwords were tried today. Ask for another link, or come back tomorrow.'
    throw new Problem('rate_limited', detail, { retryAfter: secondsLeft(caps.now) })
  }
  if (link.passwordHash === null || !(await isPasswordOf(password, link.passwordHash))) return null
  await takeBackUse(caps, today)
  return proveEntry(link.passwordHash, token)
}

/** Whether a link has no password, or the proof says that it was given. */
export async function hasEntered(link: Door, values: { token: string; proof?: string }): Promise<boolean> {
  const { token, proof } = values
  if (link.passwordHash === null) return true
  return proof !== undefined && equalInConstantTime(proof, await proveEntry(link.passwordHash, token))
}

/**
 * Follows from the link alone, so that nothing more is stored, and from what neither who holds the link nor who reads
 * the database has: the one lacks the hash and its salt, the other the token.
 */
function proveEntry(passwordHash: string, token: string): Promise<string> {
  return hmacHex(passwordHash, token)
}
