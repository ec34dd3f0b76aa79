const encoder = new TextEncoder()

/** Hex digest of a string (as UTF-8) or bytes. MD5 is for Gravatar's old hashes and ETags only, never for secrets. */
export async function digestHex(algorithm: 'SHA-256' | 'MD5', data: string | BufferSource): Promise<string> {
  const bytes = typeof data === 'string' ? encoder.encode(data) : data
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes)).toHex()
}

/** HMAC-SHA-256 of a message, hex. */
export async function hmacHex(key: string, message: string): Promise<string> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), hmac, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign(hmac, imported, encoder.encode(message))).toHex()
}

/** Whether two strings are the same, in a time that depends on their lengths only. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = encoder.encode(a)
  const right = encoder.encode(b)
  return left.byteLength === right.byteLength && crypto.subtle.timingSafeEqual(left, right)
}

/** 256 random bits as 43 base64url characters: session tokens, browser ids, API tokens. */
export function randomToken(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: 'base64url', omitPadding: true })
}

/** Eight random decimal digits, each equally likely. */
export function randomCode(): string {
  return String(randomBelow(100_000_000)).padStart(8, '0')
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 22 random base62 characters (131 bits): a person's public key. */
export function randomPublicKey(): string {
  return Array.from({ length: 22 }, () => BASE62[randomBelow(62)]).join('')
}

/** A random integer in 0..limit-1 (limit ≤ 2³²) without modulo bias, by rejection. */
function randomBelow(limit: number): number {
  const fair = Math.floor(2 ** 32 / limit) * limit
  const word = new Uint32Array(1)
  do crypto.getRandomValues(word)
  while ((word[0] as number) >= fair)
  return (word[0] as number) % limit
}
