import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { drawFallback, type FallbackStyle } from '../../../avatar/fallback/draw'
import { hashTyped } from '../hash.client'

// Loaded when somebody begins to type: what the server draws for a hash, drawn by the same code, so that no server
// needs to be told the hash.

/** Both hashes of a text in hex, SHA-256 and MD5: browsers have no MD5 of their own. */
export async function hashBoth(text: string): Promise<{ sha256: string; md5: string }> {
  return { sha256: await hashTyped(text), md5: bytesToHex(md5(new TextEncoder().encode(text))) }
}

/** The PNG that stands for a hash in a style. @param size pixels, a step of the ladder */
export function drawPicture(picture: {
  style: FallbackStyle
  seed: string
  size: number
  initials: string
}): Blob {
  return new Blob([drawFallback(picture)], { type: 'image/png' })
}
