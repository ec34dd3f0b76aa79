import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The rooms in the order of imports: each sees only what stands left of it, types and browser code included. Rooms in
 * one place do not see each other. docs/architecture.md says what each holds.
 */
const ROOMS = [
  ['lib'],
  ['lang'],
  ['config'],
  ['db'],
  ['http'],
  ['budgets'],
  ['capabilities'],
  ['renditions'],
  ['avatar'],
  ['accounts'],
  ['photos'],
  ['uploads', 'sharing'],
  ['tags'],
  ['messages'],
  ['web'],
  ['exports', 'cron'],
  ['queues', 'app', 'reference'],
  ['index'],
]

const SOURCE = 'src'
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(ts|tsx|css)$/.test(name),
)
const read = (name: string) => readFileSync(join(SOURCE, name), 'utf8')

/** The folder, or the file of the root, without its extension. */
const roomOf = (name: string) => name.split('/')[0]?.replace(/\.tsx?$/, '') ?? ''
const floorOf = (room: string) => ROOMS.findIndex((rooms) => rooms.includes(room))

/** Imports within src, types too, as the names of files. */
function importsOf(name: string): string[] {
  const pattern = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g
  const targets = [...read(name).matchAll(pattern)].map(([, path = '']) =>
    normalize(join(dirname(name), path)),
  )
  return targets.flatMap((target) => resolve(target) ?? [])
}

const resolve = (target: string) =>
  files.find((file) => file === target || file.replace(/(\/index)?\.tsx?$/, '') === target)

/** What the build alone reads: how calls are told of, and what makes documents of that. */
const isReference = (name: string) => /^reference\/|\/reference\.ts$/.test(name)

const isBrowserCode = (name: string) => name.includes('.client.')

describe('the house', () => {
  it('has files to look at, and imports between them', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(files.flatMap(importsOf).length).toBeGreaterThan(200)
  })

  it.each(files)('%s has at most 250 lines', (name) => {
    expect(read(name).split('\n').length - 1).toBeLessThanOrEqual(250)
  })

  it('has no room that is not on the plan', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => floorOf(room) < 0)).toEqual([])
  })

  it('has rooms that see only what stands left of them', () => {
    const seen = files.flatMap((name) =>
      importsOf(name)
        .filter(
          (target) => roomOf(target) !== roomOf(name) && floorOf(roomOf(target)) >= floorOf(roomOf(name)),
        )
        .map((target) => `${name} → ${target}`),
    )
    expect(seen).toEqual([])
  })

  it('has pages that do not see each other', () => {
    const page = (name: string) => /^web\/([^/]+)\//.exec(name)?.[1]
    const seen = files
      .filter((name) => page(name) !== undefined)
      .flatMap((name) =>
        importsOf(name)
          .filter(
            (target) => page(target) !== page(name) && /^web\//.test(target) && page(target) !== 'shared',
          )
          .map((target) => `${name} → ${target}`),
      )
    expect(seen).toEqual([])
  })

  it('has browser code that only browser code sees', () => {
    const seen = files
      .filter((name) => !isBrowserCode(name))
      .flatMap((name) =>
        importsOf(name)
          .filter(isBrowserCode)
          .map((target) => `${name} → ${target}`),
      )
    expect(seen).toEqual([])
  })

  it('has doors that know no Drizzle, and domain files that know no Hono and build no Response', () => {
    const isDoor = (name: string) =>
      /^(web|http|reference)\/|^app\.ts$|\/routes\.tsx?$|^accounts\/asking\.ts$|^photos\/raw\.ts$/.test(name)
    const answers = (name: string) =>
      isDoor(name) ||
      /^avatar\/(origin|response)\.ts$|^messages\/inbox\.ts$|^renditions\/rendition\.ts$/.test(name)
    const wrong = files.filter((name) => {
      const text = read(name)
      if (isDoor(name) && /from 'drizzle-orm|prepare\(/.test(text)) return true
      if (/routes\.tsx?$|^web\//.test(name) && importsOf(name).some((target) => target.startsWith('db/')))
        return true
      if (!isDoor(name) && /from 'hono/.test(text)) return true
      return !answers(name) && /new Response\((?!\w+\.body\b|\w+\.stream)/.test(text)
    })
    expect(wrong).toEqual([])
  })

  it('takes types alone from the schemas of answers: they would cost every start of the Worker', () => {
    const imports = /^(?:import|export) (?!type\b)[^'"]*?from '[^']*\/answers'/m
    const takesValues = (name: string) =>
      !name.endsWith('/answers.ts') && !isReference(name) && imports.test(read(name))
    expect(files.filter(takesValues)).toEqual([])
  })

  it('has a reference of its API that nothing of the Worker or of the pages sees', () => {
    const seen = files
      .filter((name) => !isReference(name))
      .flatMap((name) =>
        importsOf(name)
          .filter(isReference)
          .map((target) => `${name} → ${target}`),
      )
    expect(files.filter(isReference).length).toBeGreaterThan(10)
    expect(seen).toEqual([])
  })

  it('makes no schema with its module: all of them would cost every start of the Worker', () => {
    const eager = /^(?:export )?const \w+ = z\./m
    const made = files.filter(
      (name) => !name.endsWith('/answers.ts') && !isBrowserCode(name) && eager.test(read(name)),
    )
    expect(made).toEqual([])
  })

  it('has bindings that are billed by the call behind their meters alone', () => {
    const bare = files.flatMap((name) =>
      read(name)
        .split('\n')
        .filter((line) => /\benv\.(IMAGES|EMAIL)\b/.test(line) && !/meter(Images|Mail)\(/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    )
    expect(bare).toEqual([])
  })

  it('has pure helpers that know no binding', () => {
    const bindings = /\b(D1Database|R2Bucket|ImagesBinding|Queue|RateLimit|Env)\b|cloudflare:workers/
    expect(files.filter((name) => name.startsWith('lib/') && bindings.test(read(name)))).toEqual([])
  })

  it('has no circle of imports', () => {
    const state = new Map<string, 'open' | 'done'>()
    const circles: string[] = []
    const visit = (name: string, path: string[]) => {
      if (state.get(name) === 'open') circles.push([...path, name].join(' → '))
      if (state.has(name)) return
      state.set(name, 'open')
      for (const target of importsOf(name)) visit(target, [...path, name])
      state.set(name, 'done')
    }
    for (const name of files) visit(name, [])
    expect(circles).toEqual([])
  })

  it('writes ratings and units of time once', () => {
    const again = files.filter(
      (name) =>
        /'g', 'pg', 'r', 'x'\]|24 \* 60|60 \* 60|86_?400/.test(read(name)) &&
        !/^lib\/(ratings|time)\.ts$/.test(name),
    )
    expect(again).toEqual([])
  })
})
