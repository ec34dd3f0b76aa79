import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const SOURCE = 'src'
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(ts|tsx|css)$/.test(name),
)
const read = (name: string) => readFileSync(join(SOURCE, name), 'utf8')

/** The floors of the house: an import may go down or stay, never up. */
const FLOORS = [
  /^index\.ts$/,
  /^app\.ts$/,
  /^(web\/|.*\/routes\.tsx?$|photos\/raw\.ts$)/,
  /^./,
  /^(db|lib)\//,
]
const floorOf = (name: string) => {
  if (FLOORS[4]?.test(name)) return 4
  return FLOORS.findIndex((floor) => floor.test(name))
}

/** Imports within src, as file names without extension; types only bind the compiler and are left out. */
function importsOf(name: string): string[] {
  const pattern = /^(?:import|export)\s(?!type\b)[^'"]*?from\s+'(\.[^']+)'/gms
  return [...read(name).matchAll(pattern)].map((match) => normalize(join(dirname(name), match[1] as string)))
}

const resolve = (target: string) => files.find((file) => file.replace(/\.tsx?$/, '') === target)

describe('the house', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(30)
  })

  it.each(files)('%s has at most 250 lines', (name) => {
    expect(read(name).split('\n').length - 1).toBeLessThanOrEqual(250)
  })

  it.each(files.filter((name) => !name.startsWith('client/')))(
    '%s imports only from its own floor or below',
    (name) => {
      const upwards = importsOf(name)
        .map(resolve)
        .filter((target) => target !== undefined && floorOf(target) < floorOf(name))
      expect(upwards).toEqual([])
    },
  )

  it('has domain files that know no Hono, and routes and pages that know no Drizzle', () => {
    const wrong = files.filter((name) => {
      const text = read(name)
      const isDoor = floorOf(name) <= 2 || name === 'auth.ts'
      const knowsHono = /from 'hono/.test(text)
      const knowsDrizzle = /from 'drizzle-orm/.test(text) || importsOf(name).includes('db/schema')
      return isDoor ? knowsDrizzle : knowsHono
    })
    expect(wrong).toEqual([])
  })

  it('has pure helpers that know no binding', () => {
    const bindings = /\b(D1Database|R2Bucket|ImagesBinding|Queue<|RateLimit|Env)\b|cloudflare:workers/
    expect(files.filter((name) => name.startsWith('lib/') && bindings.test(read(name)))).toEqual([])
  })

  it('has no circle of imports', () => {
    const state = new Map<string, 'open' | 'done'>()
    const circles: string[] = []
    const visit = (name: string, path: string[]) => {
      if (state.get(name) === 'open') circles.push([...path, name].join(' → '))
      if (state.has(name)) return
      state.set(name, 'open')
      for (const target of importsOf(name).map(resolve)) if (target) visit(target, [...path, name])
      state.set(name, 'done')
    }
    for (const name of files) visit(name, [])
    expect(circles).toEqual([])
  })
})
