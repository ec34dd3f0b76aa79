import { describe, expect, it } from 'vitest'
import { attachment, cleanFileName, withEnding } from '../../src/lib/file-name.ts'

describe('the name of a file', () => {
  it.each([
    ['IMG_0001.JPG', 'IMG_0001.JPG'],
    ['Ferien in Österreich – Tag 1.jpeg', 'Ferien in Österreich – Tag 1.jpeg'],
    ['תמונה 👩‍👩‍👧.png', 'תמונה 👩‍👩‍👧.png'],
    ['/etc/passwd', 'passwd'],
    ['..\\..\\C:\\Users\\ada\\me.png', 'me.png'],
    ['../', null],
    ['..', null],
    ['.htaccess', 'htaccess'],
    ['  spaced \t  out \r\n.jpg. ', 'spaced out .jpg'],
    ['harmless\u202egpj.exe', 'harmlessgpj.exe'],
    ['\u2066\u200f\ufeff', null],
    ['nul\u0000\u007f\u0085.png', 'nul.png'],
    ['a<b>c:d"e|f?g*.gif', 'a_b_c_d_e_f_g_.gif'],
    ['half \ud800.png', 'half \ufffd.png'],
    ['e\u0301te\u0301.jpg', '\u00e9t\u00e9.jpg'],
    ['', null],
  ])('%j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept)
  })

  it('stays within what file systems hold, and whole', () => {
    const name = cleanFileName(`a${'\u{1f600}'.repeat(300)}`) ?? ''
    expect(name.length).toBeLessThanOrEqual(255)
    expect(name).toBe(name.toWellFormed())
  })

  it.each([
    ['me.jpg', 'image/jpeg', 'me.jpg'],
    ['me.JPEG', 'image/jpeg', 'me.JPEG'],
    ['me.jfif', 'image/jpeg', 'me.jfif'],
    ['me.jpg', 'image/webp', 'me.webp'],
    ['me.heic', 'image/jpeg', 'me.jpg'],
    ['me', 'image/png', 'me.png'],
    ['version 1.2', 'image/gif', 'version 1.2.gif'],
    ['me.pdf', 'image/avif', 'me.pdf.avif'],
  ])('%s of an %s ends as it should: %s', (name, type, right) => {
    expect(withEnding(name, type)).toBe(right)
  })
})

/** Reads the header as RFC 6266 and RFC 8187 say. */
function readName(header: string): { old: string; name: string } {
  const [, old = '', encoded] =
    /^attachment; filename="([^"\\]*)"(?:; filename\*=UTF-8''(\S+))?$/.exec(header) ?? []
  if (encoded !== undefined) expect(encoded).toMatch(/^(%[0-9A-F]{2}|[A-Za-z0-9!#$&+.^_`|~-])+$/) // attr-char
  return { old, name: encoded === undefined ? old : decodeURIComponent(encoded) }
}

describe('the header of a download', () => {
  it.each([
    'me.jpg',
    "Ada's (best) *100%*.jpg",
    'שלום.png',
    'Österreich.jpg',
    'a\\b".gif',
    '\u{1f600}.webp',
    'a;b=c,d.png',
  ])('carries %s whole, in ASCII alone', (name) => {
    const header = attachment(name)
    expect(header).toMatch(/^[ -~]+$/)
    expect(readName(header).name).toBe(name)
    expect(readName(header).old).not.toMatch(/%/)
  })

  it('says to old clients what can be said', () => {
    expect(readName(attachment('Österreich.jpg')).old).toBe('Osterreich.jpg')
  })
})
