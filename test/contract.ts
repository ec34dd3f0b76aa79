import { dereference, type Schema, validate } from '@cfworker/json-schema'
import document from '../dist/client/openapi.json'
import { once } from '../src/lib/once'

/**
 * Every answer that a test gets through the public door is held to the API's reference: a status, a type, a code or a
 * field that it does not tell of fails the test. `@cfworker/json-schema` interprets: workerd compiles no code.
 */

interface Operation {
  parameters?: { name: string; in: string; schema: { pattern?: string } }[]
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
}

interface Route {
  method: string
  path: string
  pattern: RegExp
  operation: Operation
}

const routes: Route[] = Object.entries(document.paths as unknown as Record<string, Record<string, Operation>>)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ method: method.toUpperCase(), path, operation },
      pattern: toPattern(path, operation),
    })),
  )
  // What is written out comes before what a parameter stands for: /api/photos/import.
  .sort((one, other) => Number(one.path.includes('{')) - Number(other.path.includes('{')))

/** A path of the document as an expression; only of public pictures does it matter what a parameter looks like. */
function toPattern(path: string, { parameters = [] }: Operation): RegExp {
  const isPicture = /^\/(?:photos\/)?\{key\}/.test(path)
  const source = path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, (_, name) => {
    const shape = parameters.find((each) => each.in === 'path' && each.name === name)?.schema.pattern
    return isPicture && shape ? shape.replace(/^\^|\$$/g, '') : '[^/]+'
  })
  return new RegExp(`^${source}$`)
}

/**
 * Compares an answer with the reference; what the reference has nothing to do with (pages, assets, preflights, refusals
 * of paths and methods that there are not) passes.
 */
export async function holdToReference(method: string, url: string, answer: Response): Promise<void> {
  const path = /^[^?#]*/.exec(url)?.[0] ?? ''
  const pathname = path.replace(/^(?:\/avatar|\/photos)?(\/[^/]+)\.json$/i, '$1.json') // a profile, wherever it is asked for
  const asked = method === 'HEAD' ? 'GET' : method
  const route = routes.find((each) => each.method === asked && each.pattern.test(pathname))
  const { status } = answer
  const where = `${method} ${pathname} answers ${status}`
  if (!route) {
    if (pathname.startsWith('/api') && ![404, 405].includes(status))
      throw new Error(`${where}, and is not in the reference`)
    return
  }
  const outcome = route.operation.responses[status]
  if (!outcome) throw new Error(`${where}, which is not in the reference`)
  const type = answer.headers.get('content-type')?.split(';')[0]
  if (method === 'HEAD' || status === 304 || !type) return
  const told = Object.entries(outcome.content ?? {}).find(([each]) => fits(type, each))
  if (!told) throw new Error(`${where} as ${type}, which is not in the reference`)
  if (!told[1].schema) return
  const schema = prepare(`${route.method} ${route.path} ${status} ${told[0]}`, told[1].schema)
  const { valid, errors } = validate(await answer.clone().json(), schema, '2020-12', known())
  const reasons = errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
  if (!valid) throw new Error(`${where}, which does not fit: ${reasons.join(' ')}`)
}

const fits = (type: string, told: string) => (told === 'image/*' ? type.startsWith('image/') : type === told)

/** The schemas with names, found by the references to them. */
const known = once(() =>
  dereference({ components: { schemas: close(document.components.schemas) } } as Schema),
)

const prepared = new Map<string, Schema>()

/** The schema of one answer, looked through when it is first needed: a test file sees few of them. */
function prepare(name: string, schema: Schema): Schema {
  const before = prepared.get(name)
  if (before) return before
  const closed = close(schema)
  dereference(closed, known(), undefined, `/answers/${encodeURIComponent(name)}`)
  prepared.set(name, closed)
  return closed
}

/** The reference leaves answers open for what comes some day; here nothing may come of which it does not tell. */
function close<T>(schema: T): T {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
  const closed = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(close) : close(value),
    ]),
  )
  const isObject = closed.type === 'object' && 'properties' in closed && !('additionalProperties' in closed)
  return (isObject ? { ...closed, additionalProperties: false } : closed) as T
}
