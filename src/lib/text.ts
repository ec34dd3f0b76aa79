// What people type and paste, read as they meant it. Pure, and the pages' browser code uses it too.

/**
 * What shows nothing: spaces of every kind, zero-width characters, marks of direction, soft hyphens, fillers. Not
 * here: variation selectors and tags, which stand at the end of an emoji and change it.
 */
const INVISIBLE =
  '[\\s\\p{White_Space}\\p{Cc}\\p{Cf}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u2800\\u3164\\uffa0]'
const TAGS = '[\\u{e0000}-\\u{e007f}]'
const ENDS = new RegExp(`^(?:(?!${TAGS})${INVISIBLE})+|(?:(?!${TAGS})${INVISIBLE})+$`, 'gu')

/** The text without what cannot be seen at its ends: copying from mails and pages brings it along. */
export function trimInvisible(text: string): string {
  return text.replace(ENDS, '')
}

/**
 * The digits of a text as 0 to 9, whatever script they are written in, and nothing else of it. In every script the
 * ten digits stand in a row from zero, and scripts that touch do so at a multiple of ten (Unicode, section 4.6).
 */
export function readDigits(text: string): string {
  return Array.from(text.match(/\p{Nd}/gu) ?? [], (digit) => {
    const point = digit.codePointAt(0) as number
    let first = point
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
    return (point - first) % 10
  }).join('')
}
