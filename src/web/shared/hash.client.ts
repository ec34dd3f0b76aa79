/** The SHA-256 of an address in hex. It never leaves the browser, its hash does. @param email as `readEmail` gives it */
export async function hashTyped(email: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(email))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
