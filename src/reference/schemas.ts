import * as z from 'zod/mini'
import type { Reference } from '../http/reference'
import { type Described, readComments } from './comments'

/** JSON Schema 2020-12, which is what OpenAPI 3.1 has. */
export interface Schema {
  [keyword: string]: unknown
  $ref?: string
  type?: string | string[]
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
}

/** The schemas of the API by name, and how to point at one. */
export interface Schemas {
  components: Record<string, Schema>
  /** A reference for what has a name, else the schema itself. */
  pointAt(schema: z.ZodMiniType): Schema
}

/**
 * The schemas that validate and answer, as JSON Schema under the names of their exports: `photoAnswer` is `Photo`. What
 * is answered may have more fields some day, so that the schemas of answers are left open; those of requests are closed.
 * @param sources the text of `answers.ts` and `schemas.ts` of each folder, whose comments describe the fields
 */
export function collectSchemas(parts: readonly Reference[], sources: Record<string, string>): Schemas {
  const names = new Map<z.ZodMiniType, string>()
  const [answers, requests] = [z.registry<{ id: string }>(), z.registry<{ id: string }>()]
  for (const [name, schema] of parts.flatMap((part) => Object.entries(part.answers ?? {})))
    if (isSchema(schema)) {
      names.set(schema, nameOf(name))
      answers.add(schema, { id: nameOf(name) })
    }
  const used = new Set(parts.flatMap(({ calls }) => Object.values(calls).map(({ body }) => body)))
  const bodies = new Set([...used].flatMap((body) => (body && 'schema' in body ? [body.schema] : [])))
  for (const [name, make] of parts.flatMap((part) => Object.entries(part.requests ?? {})))
    for (const schema of [...bodies].filter((body) => body === make).map((body) => body())) {
      names.set(schema, nameOf(name))
      requests.add(schema, { id: nameOf(name) })
    }
  const comments = describeAll(parts, sources)
  const components: Record<string, Schema> = {}
  for (const [registry, io] of [
    [answers, 'output'],
    [requests, 'input'],
  ] as const) {
    const made = z.toJSONSchema(registry, { ...OPTIONS, io, uri: pointer }).schemas as Record<string, Schema>
    for (const [id, schema] of Object.entries(made))
      components[id] = describe(tidy(schema, io), comments[id], true)
  }
  const pointAt = (schema: z.ZodMiniType): Schema => {
    const name = names.get(schema)
    return name ? { $ref: pointer(name) } : tidy(z.toJSONSchema(schema, OPTIONS) as Schema, 'output')
  }
  return { components, pointAt }
}

/** A query, which is checked as one. */
export function querySchema(schema: z.ZodMiniType): Schema {
  return tidy(z.toJSONSchema(schema, { ...OPTIONS, io: 'input' }) as Schema, 'input')
}

const pointer = (name: string) => `#/components/schemas/${name}`
const isSchema = (value: unknown): value is z.ZodMiniType => value instanceof z.ZodMiniType

/** `photoAnswer` → `Photo`, `photoList` → `PhotoList`. */
function nameOf(name: string): string {
  const short = name.replace(/Answer$/, '')
  return short.charAt(0).toUpperCase() + short.slice(1)
}

const OPTIONS = {
  override: ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: object }) => {
    const { checks = [] } = zodSchema._zod.def
    const [pattern] = checks.flatMap((check) => ('_zod' in check ? patternOf(check._zod.def) : []))
    // JSON Schema has no flag for any case.
    if (pattern?.ignoreCase && 'pattern' in jsonSchema)
      jsonSchema.pattern = pattern.source.replaceAll('a-f', 'a-fA-F')
  },
}

function patternOf(check: object): RegExp | [] {
  return 'pattern' in check && check.pattern instanceof RegExp ? check.pattern : []
}

/** Without what says nothing to the reader. */
function tidy(schema: Schema, io: 'input' | 'output'): Schema {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    const kept = Object.entries(value).filter(
      ([key, each]) =>
        !['$schema', '$id'].includes(key) &&
        !(io === 'output' && key === 'additionalProperties' && each === false) &&
        !(['minimum', 'maximum'].includes(key) && Math.abs(each as number) === Number.MAX_SAFE_INTEGER),
    )
    return Object.fromEntries(kept.map(([key, each]) => [key, walk(each)]))
  }
  return walk(schema) as Schema
}

function describeAll(
  parts: readonly Reference[],
  sources: Record<string, string>,
): Record<string, Described> {
  let known: Record<string, Described> = {}
  for (const folder of new Set(parts.map((part) => part.folder)))
    known = { ...known, ...readComments(sources[folder] ?? '', known) }
  return Object.fromEntries(Object.entries(known).map(([name, described]) => [nameOf(name), described]))
}

function describe(schema: Schema, described: Described | undefined, isWhole = false): Schema {
  if (!described) return schema
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const text = described.fields[name]
    return [name, describe(text ? { ...field, description: text } : field, described)] as const
  })
  const inner = (each: Schema) => describe(each, described)
  return {
    ...schema,
    ...(schema.items && { items: inner(schema.items) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(inner) }),
    ...(isWhole && described.text && { description: described.text }),
    ...(fields.length && { properties: Object.fromEntries(fields) }),
  }
}
