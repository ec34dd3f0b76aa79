/** Where a link ends: at white space, at signs that no URL has in the clear, and at those that turn the direction of text. */
const LINK = /\bhttps?:\/\/[^\s<>"'`\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/giu

/** Whatever else ends a sentence is not part of the link in it. */
const TRAIL = /[.,;:!?…*_~]+$/u

interface Piece {
  text: string
  /** Where it leads; null for plain text. */
  href: string | null
}

/** Cuts text at the web addresses in it. One with the name of a user is none: it pretends to lead elsewhere. */
export function splitLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(LINK)) {
    const address = trimTrail(match[0])
    const href = readAddress(address)
    if (!href) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null })
    pieces.push({ text: address, href })
    end = match.index + address.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null })
  return pieces
}

/** Without what ends the sentence, and a bracket that was opened before the address. */
function trimTrail(address: string): string {
  const trimmed = address.replace(TRAIL, '')
  const last = trimmed.at(-1) ?? ''
  const open = { ')': '(', ']': '[', '}': '{' }[last]
  const isOdd = open && trimmed.split(open).length < trimmed.split(last).length
  const shorter = isOdd ? trimmed.slice(0, -1) : trimmed
  return shorter === address ? address : trimTrail(shorter)
}

function readAddress(address: string): string | null {
  try {
    const { href, username, password, hostname } = new URL(address)
    return hostname && !username && !password ? href : null
  } catch {
    return null
  }
}

/** Somebody's text as they wrote it, with its web addresses as links. */
export function LinkedText({ text }: { text: string }) {
  return (
    <>
      {splitLinks(text).map((piece) =>
        piece.href ? (
          <a href={piece.href} rel="noopener nofollow" target="_blank">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </>
  )
}
