import { equalInConstantTime } from '../../lib/crypto'

/**
 * As many as Workers do in production, where more throw (https://github.com/cloudflare/workerd/issues/1346). The count
 * stands in each hash, so that it can be raised.
 */
const ITERATIONS = 100_000

const SALT_BYTES = 16

/** `pbkdf2-sha256:{iterations}:{salt}:{hash}`, both in hexadecimal: what it takes to compare, so that any of it can change. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  return `pbkdf2-sha256:${ITERATIONS}:${salt.toHex()}:${await derive(password, salt, ITERATIONS)}`
}

/**
 * Whether a password is the one of a hash.
 * @param hash as `hashPassword` made it
 */
export async function isPasswordOf(password: string, hash: string): Promise<boolean> {
  const [, iterations = '', salt = '', expected = ''] = hash.split(':')
  return equalInConstantTime(await derive(password, Uint8Array.fromHex(salt), Number(iterations)), expected)
}

/** NFC: keyboards differ in how they compose a letter, and nobody sees it (RFC 8265, section 4.2). */
async function derive(password: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<string> {
  const typed = new TextEncoder().encode(password.normalize('NFC'))
  const key = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits'])
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256)).toHex()
}
