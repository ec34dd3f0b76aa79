import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { marked, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'

const pages = globSync(['*.md', 'docs/**/*.md', 'bench/*.md'])
const read = (path: string) => readFileSync(path, 'utf8')

/** All tokens of a page, those inside of others too. Code blocks are tokens without links. */
function tokensOf(path: string): Tokens.Generic[] {
  const tokens: Tokens.Generic[] = []
  marked.walkTokens(marked.lexer(read(path)), (token) => {
    tokens.push(token)
  })
  return tokens
}

const linksOf = (path: string) =>
  tokensOf(path)
    .filter((token) => token.type === 'link' || token.type === 'image')
    .map((token) => String(token.href))
    .filter((href) => !/^[a-z][a-z+.-]*:/i.test(href))

/** The fragments that GitHub gives to a page's headings, numbered where two are alike. */
function fragmentsOf(path: string): string[] {
  const seen = new Map<string, number>()
  return tokensOf(path)
    .filter((token) => token.type === 'heading')
    .map((token) => {
      const plain = String(token.text).replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      const id = plain
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
        .replaceAll(' ', '-')
      const count = seen.get(id) ?? 0
      seen.set(id, count + 1)
      return count ? `${id}-${count}` : id
    })
}

/** Why a link of a page leads nowhere; null where it leads somewhere. */
function faultOf(page: string, href: string): string | null {
  const [path = '', fragment] = href.split('#')
  const target = path ? join(path.startsWith('/') ? '.' : dirname(page), decodeURIComponent(path)) : page
  if (!existsSync(target)) return `${href}: no such file`
  if (fragment && target.endsWith('.md') && !fragmentsOf(target).includes(fragment))
    return `${href}: no such heading`
  return null
}

describe('the documents', () => {
  it('have links to follow', () => {
    expect(pages.length).toBeGreaterThan(5)
    expect(pages.flatMap(linksOf).length).toBeGreaterThan(10)
  })

  it.each(pages)('%s links only to files and headings that exist', (page) => {
    const faults = linksOf(page).map((href) => faultOf(page, href))
    expect(faults.filter((fault) => fault !== null)).toEqual([])
  })

  it.each(pages)('%s names only commands that package.json has', (page) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...read(page).matchAll(/\bnpm run ([a-z][\w:]*)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it.each(pages.filter((page) => page !== 'CHANGELOG.md'))(
    '%s names only files and folders that exist',
    (page) => {
      const inCode = tokensOf(page).filter((token) => token.type === 'codespan')
      const paths = inCode.map((token) => String(token.text)).filter((text) => PROJECT_PATH.test(text))
      expect(paths.filter((path) => !existsSync(path))).toEqual([])
    },
  )
})

/** A path from the root of the project, with nothing to fill in. */
const PROJECT_PATH = /^(src|test|scripts|docs|bench|migrations|\.ci|\.github)\/[\w./-]*$/

describe('docs/architecture.md', () => {
  const architecture = read('docs/architecture.md')
  const house = readdirSync('src').map((name) =>
    statSync(join('src', name)).isDirectory() ? `${name}/` : name,
  )

  it('names every folder and every file directly under src', () => {
    expect(house.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([])
  })
})

describe('docs/decisions', () => {
  const decisions = globSync('docs/decisions/*.md').filter((path) => !path.endsWith('README.md'))

  it('are all in the index', () => {
    const listed = linksOf('docs/decisions/README.md').map((href) => join('docs/decisions', href))
    expect(decisions.filter((path) => !listed.includes(path))).toEqual([])
  })

  it.each(decisions)('%s says context, decision, cost, and when to think again', (path) => {
    const headings = tokensOf(path).filter((token) => token.type === 'heading' && token.depth === 2)
    expect(headings.map((token) => token.text)).toEqual([
      'Context',
      'Decision',
      'What it costs',
      'When to think again',
    ])
  })
})
