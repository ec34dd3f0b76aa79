import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { marked, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')

/** The rows of the one table in a text, cell by cell. */
function rowsOf(text: string): Tokens.TableCell[][] {
  const table = marked.lexer(text).find(({ type }) => type === 'table') as Tokens.Table
  return table.rows
}

const [, shown = ''] = /<!-- comparison -->\n(.*)<!-- \/comparison -->/s.exec(read('README.md')) ?? []
const comparison = read('docs/comparison.md')
const proofs = rowsOf(comparison).map(([line, test, title]) => {
  const [, file = ''] = /\]\(\.\.\/(.+)\)/.exec(test?.text ?? '') ?? []
  return { line: line?.text ?? '', file, title: title?.text ?? '' }
})

describe('the table beside others', () => {
  it('has the same lines in README as in the page that says by what each is held', () => {
    expect(rowsOf(shown).map(([line]) => line?.text)).toEqual(proofs.map(({ line }) => line))
    expect(proofs.length).toBeGreaterThan(5)
  })

  it('says something of Cameo in every line', () => {
    for (const [line, cameo] of rowsOf(shown)) expect([line?.text, cameo?.text]).not.toEqual([line?.text, ''])
  })

  it.each(proofs)('has a test behind “$line”', ({ file, title }) => {
    expect(file).toMatch(/^test\/.+\.test\.ts$/)
    const titles = [...read(join('.', file)).matchAll(/\bit(?:\.each\([^)]*\))?\(\s*(['"])(.+?)\1,/g)]
    expect(titles.map(([, , each]) => each)).toContain(title)
  })

  it.each(['Gravatar', 'Libravatar', 'Immich'])('says where it stands what is told of %s', (name) => {
    const [, told = ''] = new RegExp(`^- \\*\\*${name}\\.\\*\\*(.*)$`, 'm').exec(comparison) ?? []
    expect(told.match(/\]\(https:/g)?.length).toBeGreaterThan(1)
  })
})

describe('the pictures of README', () => {
  it.each(['docs/photos-light.webp', 'docs/photos-dark.webp'])('%s is there, shown, and small', (path) => {
    expect(read('README.md')).toContain(`"${path}"`)
    expect(statSync(path).size).toBeLessThan(200_000)
  })
})
