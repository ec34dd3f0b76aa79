import type * as z from 'zod/mini'
import { readAtMost } from '../lib/read'
import { Problem } from './problems'

/** Largest JSON body in bytes: no call of the API needs more. Stops a client from filling our memory. */
const MAX_BODY_BYTES = 64 * 1024

/**
 * Reads a JSON body and checks it against a schema.
 * @throws Problem `unsupported_type` (not application/json), `too_large`, `invalid_json`, `invalid_input`
 */
export async function readBody<T extends z.ZodMiniType>(
  request: Request,
  schema: () => T,
): Promise<z.infer<T>> {
  return checkInput(parseJson(await readText(request, 'application/json')), schema)
}

/**
 * The same of a body that may be left out: then it is `{}`.
 * @throws Problem as `readBody`
 */
export async function readAnyBody<T extends z.ZodMiniType>(
  request: Request,
  schema: () => T,
): Promise<z.infer<T>> {
  const isLeftOut = request.body === null || request.headers.get('content-length') === '0'
  return isLeftOut ? checkInput({}, schema) : readBody(request, schema)
}

/**
 * Checks a value against a schema, which is made `once`: making all of them takes as long as half of the Worker's start.
 * @throws Problem `invalid_input`
 */
export function checkInput<T extends z.ZodMiniType>(value: unknown, schema: () => T): z.infer<T> {
  const result = schema().safeParse(value)
  if (!result.success) throw new Problem('invalid_input', describeIssue(result.error.issues[0]))
  return result.data
}

/**
 * Reads what a form of a page sends when no script does: its fields, the first of each name.
 * @throws Problem `unsupported_type` (not application/x-www-form-urlencoded), `too_large`
 */
export async function readForm(request: Request): Promise<(name: string) => string> {
  const fields = new URLSearchParams(await readText(request, 'application/x-www-form-urlencoded'))
  return (name) => fields.get(name) ?? ''
}

async function readText(request: Request, wanted: string): Promise<string> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== wanted) throw new Problem('unsupported_type', `Send the body as ${wanted}.`)
  const bytes = await readAtMost(request.body, MAX_BODY_BYTES)
  if (!bytes) throw new Problem('too_large', `The body is above ${MAX_BODY_BYTES} bytes.`)
  return new TextDecoder().decode(bytes)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Problem('invalid_json', undefined, { cause })
  }
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string | undefined {
  if (!issue) return undefined
  if (issue.code === 'unrecognized_keys') return `Unknown field: ${issue.keys.join(', ').slice(0, 200)}.`
  const field = issue.path.join('.')
  return field ? `${field}: ${issue.message}.` : `${issue.message}.`
}
