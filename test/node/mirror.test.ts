import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// Pages are mirrored where a language is read from right to left: test/e2e/disguise.test.ts looks at them so.

/** Places on a picture, which is the same picture in every language. */
const ON_PICTURES = [
  ['src/web/photo/tagging.css', /^\.handle\.(nw|ne|sw|se)$/],
  ['src/web/photo/tags.css', /^(\.from-(left|right) )?\.tag-name$/],
  ['src/web/shared/crop/style.css', /^\.crop-room img$/],
] as const

const SIDES =
  /^((margin|padding|border|scroll-margin|scroll-padding)-)?(left|right)\b|^border-(top|bottom)-(left|right)-/

interface Declaration {
  file: string
  selector: string
  property: string
  value: string
}

/** The declarations of a style sheet with the innermost selector that each stands in. */
function readStyles(file: string, text: string): Declaration[] {
  const open: string[] = []
  const found: Declaration[] = []
  const plain = text.replace(/\/\*.*?\*\//gs, '')
  for (const [, part = '', sign] of plain.matchAll(/([^{};]*)([{};])/g)) {
    const words = part.trim().replace(/\s+/g, ' ')
    if (sign === '{') open.push(words)
    const [, property = '', value = ''] = /^([\w-]+)\s*:\s*(.*)$/.exec(words) ?? []
    if (sign !== '{' && property) found.push({ file, selector: open.at(-1) ?? '', property, value })
    if (sign === '}') open.pop()
  }
  return found
}

function namesSide({ property, value }: Declaration): boolean {
  if (SIDES.test(property) || property === 'float') return true
  if (/^(text-align|background-position|transform-origin)$/.test(property))
    return /\b(left|right)\b/.test(value)
  if (/^(transform|translate)$/.test(property)) return /translateX\((?!0)|translate\((?!0\b|0,)/.test(value)
  if (!/^(inset|margin|padding)$/.test(property)) return false
  const sides = value.match(/[^\s(]+\([^()]*(?:\([^()]*\)[^()]*)*\)|\S+/g) ?? [] // what stands in brackets is one
  return sides.length === 4 && sides[1] !== sides[3]
}

/** What names a side, and neither says what the other way is nor stands on a picture. */
function findSides(styles: Declaration[]): Declaration[] {
  const mirrored = (one: Declaration) =>
    one.selector.startsWith('[dir="rtl"]') ||
    styles.some(
      ({ selector, property }) => property === one.property && selector === `[dir="rtl"] ${one.selector}`,
    )
  const onPicture = (one: Declaration) =>
    ON_PICTURES.some(([file, selector]) => file === one.file && selector.test(one.selector))
  return styles.filter((one) => namesSide(one) && !mirrored(one) && !onPicture(one))
}

describe('styles', () => {
  it('name the start and the end of a line, not left and right, but for places on pictures', () => {
    const styles = globSync('src/**/*.css').flatMap((file) => readStyles(file, readFileSync(file, 'utf8')))
    expect(styles.length).toBeGreaterThan(1000)
    const sides = findSides(styles)
    expect(sides.map((one) => `${one.file}: ${one.selector} { ${one.property}: ${one.value} }`)).toEqual([])
    for (const [file, selector] of ON_PICTURES)
      expect(styles.some((one) => one.file === file && selector.test(one.selector) && namesSide(one))).toBe(
        true,
      )
  })

  it.each([
    'margin-left: 1px',
    'right: 0',
    'text-align: right',
    'inset: 0 auto auto 0',
    'padding: 1px 2px 1px var(--s1)',
    'float: left',
    'transform: translateX(20px)',
    'border-top-left-radius: 2px',
  ])('with a side are found: %s', (line) => {
    expect(
      findSides(readStyles('a.css', `@media (width > 1px) { .a { color: red; ${line}; } }`)),
    ).toHaveLength(1)
    expect(findSides(readStyles('a.css', `.a { ${line} } [dir="rtl"] .a { ${line} }`))).toEqual([])
  })

  it.each([
    'margin: 0 auto',
    'inset: 4px',
    'inset-inline-start: 0',
    'text-align: center',
    'translate: 0 5px',
  ])('without are not: %s', (line) => {
    expect(findSides(readStyles('a.css', `.a { ${line} }`))).toEqual([])
  })
})
