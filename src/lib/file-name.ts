/** Endings of files by content type, the usual one first. */
const ENDINGS: Record<string, readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/avif': ['avif'],
}

/** Endings that say what kind of picture a file is, and so must not stay on a file of another kind. */
const PICTURES = /\.(jpe?g|jpe|jfif|png|apng|webp|gif|avif|hei[cf]|bmp|tiff?|svg)$/i

/** What file systems hold, in UTF-16 units for simplicity; some count bytes. */
const LONGEST = 255

/**
 * The name of a file as it may be kept and shown, or null where nothing is left of it: without folders, without
 * characters that are not seen or that turn the text around (an `exe` can look like a `jpg` by them), and without
 * what Windows forbids in a name.
 */
export function cleanFileName(name: string): string | null {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '') // hidden files; Windows drops dots and blanks at the end
  return clean.slice(0, LONGEST).toWellFormed() || null
}

/** The name with the ending that its type has: another kind's is replaced, a missing one added. */
export function withEnding(name: string, contentType: string): string {
  const endings = ENDINGS[contentType] ?? []
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (!endings[0] || endings.includes(ending)) return name
  return `${name.replace(PICTURES, '')}.${endings[0]}`
}

/**
 * `Content-Disposition` of a download (RFC 6266): the name, or where it is more than ASCII, what ASCII can say of it
 * for old clients, and the whole encoded by RFC 8187. The first holds no percent sign: some decode it.
 */
export function attachment(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]|["\\%]/gu, '_')
  if (ascii === name) return `attachment; filename="${name}"`
  const whole = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, encodeByte)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`
}

/** What encodeURIComponent leaves but RFC 8187 does not allow. */
function encodeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
