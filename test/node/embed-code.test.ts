import markdownIt from 'markdown-it'
import { marked } from 'marked'
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5'
import { describe, expect, it } from 'vitest'
import { type EmbedFormat, embedCode } from '../../src/web/shared/urls.ts'

const BASE = 'https://cameo.example/AbCdEfGhIjKlMnOpQrStUv'

/** The same numbers in every run: a failure can be looked at again. https://en.wikipedia.org/wiki/Xorshift */
function startRandom(seed: number) {
  let state = seed
  return (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const random = startRandom(20261125)

/** Punctuation more often than letters, white space of every kind, any script, controls, what is outside the BMP. */
const KINDS: (() => number)[] = [
  () => 0x21 + random(0x5e),
  () => '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'.charCodeAt(random(32)),
  () => [0x20, 0x20, 0x09, 0x0a, 0x0d, 0xa0, 0x2003, 0x2028, 0x2029, 0x85][random(10)] ?? 0x20,
  () => 0x61 + random(26),
  () => 0xa1 + random(0x2000),
  () => 0x1f300 + random(0x300),
  () => 1 + random(0x10ffff),
]

function randomText(): string {
  const characters = Array.from({ length: 1 + random(24) }, () => {
    const code = KINDS[random(KINDS.length)]?.() ?? 0x20
    return code >= 0xd800 && code <= 0xdfff ? '\u{2661}' : String.fromCodePoint(code)
  })
  return characters.join('')
}

const SPECIAL = [
  'Ada `on` a *red* _sea_ & ~~more~~',
  '\\',
  'back\\',
  '](https://evil.example)',
  '[a](b) ![c](d)',
  '&amp; &#42; &copy &nbsp;',
  'https://example.com/?a=b&c=d <b>x</b> <https://example.com>',
  'two\n\nparagraphs\r\nand a\rreturn',
  '  spaces   everywhere  ',
  '# - 1. > + = | :smile: $x$ @ada',
  'quotes "double" \'single\'',
  'שלום \u202e عربي 👩‍👩‍👧 é e\u0301',
]
const TEXTS = [...SPECIAL, ...Array.from({ length: 1500 }, randomText)]

/** The one picture of a piece of HTML, and whether anything else is there. */
function readPicture(html: string): { picture: Record<string, string>; else: string[] } {
  const found: Record<string, string>[] = []
  const other: string[] = []
  const walk = (node: Tree.Node) => {
    if (node.nodeName === 'img' && 'attrs' in node) {
      found.push(Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])))
    } else if (!['#document-fragment', 'p'].includes(node.nodeName)) {
      if (!('value' in node && node.value.trim() === '')) other.push(node.nodeName)
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child)
  }
  walk(parseFragment(html))
  expect(found).toHaveLength(1)
  return { picture: found[0] ?? {}, else: other }
}

const code = (format: EmbedFormat, alt: string, rating: 'g' | 'pg' | 'r' | 'x' = 'g') =>
  embedCode(format, { base: BASE, size: 120, alt, rating })

describe('the code to embed', () => {
  const strict = markdownIt('commonmark')
  const everyday = markdownIt({ html: true, linkify: true })
  const READERS: [string, EmbedFormat, (text: string) => string][] = [
    ['Markdown as CommonMark reads it', 'markdown', (text) => strict.render(text)],
    ['Markdown with links made of text', 'markdown', (text) => everyday.render(text)],
    ['Markdown as marked reads it', 'markdown', (text) => marked.parse(text, { async: false })],
    ['Markdown in a list in a quotation', 'markdown', (text) => strict.render(`> - ${text}`)],
    ['HTML', 'html', (text) => text],
    ['HTML in Markdown', 'html', (text) => strict.render(text)],
  ]

  it.each(READERS)('says every text exactly: %s', (name, format, read) => {
    for (const text of TEXTS) {
      const seen = readPicture(read(code(format, text)))
      const alt = text.replace(/\r\n?/g, '\n') // no parser of HTML keeps a carriage return
      expect([text, seen.picture.alt]).toEqual([text, alt])
      expect(seen.picture.src).toBe(`${BASE}?s=120`)
      if (!name.includes('list')) expect([text, seen.else]).toEqual([text, []])
    }
  })

  it.each(['pg', 'r', 'x'] as const)('asks for a photo rated %s, in every form and density', (rating) => {
    const url = `${BASE}?s=120&r=${rating}`
    expect(code('url', '', rating)).toBe(url)
    expect(readPicture(strict.render(code('markdown', 'a', rating))).picture.src).toBe(url)
    expect(readPicture(code('html', 'a', rating)).picture).toMatchObject({
      src: url,
      srcset: [1, 2, 3].map((x) => `${BASE}?s=${120 * x}&r=${rating} ${x}x`).join(', '),
    })
  })

  it('says nothing of the rating of a photo for everyone', () => {
    for (const format of ['url', 'html', 'markdown'] as const) expect(code(format, 'a')).not.toContain('r=')
  })

  it('closes no bracket with what stands in the URL', () => {
    const text = embedCode('markdown', { base: 'https://a.example/x(y)z', size: 80, alt: 'a', rating: 'g' })
    expect(readPicture(strict.render(text)).picture.src).toBe('https://a.example/x(y)z?s=80')
  })
})
