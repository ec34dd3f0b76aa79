import { readFileSync } from 'node:fs'
import { type Schema, Validator as SchemaValidator } from '@cfworker/json-schema'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import type { OpenApi, Operation } from '../../src/reference/openapi.ts'

const document = JSON.parse(readFileSync('dist/client/openapi.json', 'utf8')) as OpenApi
const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
  ),
)

/** Schemas with their examples, of all bodies that a call takes and gives. */
function examplesOf({ requestBody, responses }: Operation) {
  const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)]
  return contents
    .flatMap((content) => Object.values(content ?? {}))
    .filter(({ example }) => example !== undefined)
}

describe('the reference of the API', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) })
    expect([valid, errors, document.openapi]).toEqual([true, undefined, '3.1.1'])
  })

  it('has a name, a sentence and a call to copy for each, no two alike', () => {
    for (const [call, { summary, 'x-codeSamples': samples }] of calls)
      expect([call, summary.length > 5, samples[0]?.source.startsWith('curl ')]).toEqual([call, true, true])
    expect(new Set(calls.map(([, { operationId }]) => operationId)).size).toBe(calls.length)
  })

  it.each(calls)('has examples of %s that fit their schemas', (_call, operation) => {
    const { components } = document
    for (const { schema, example } of examplesOf(operation)) {
      const validator = new SchemaValidator({ components, ...schema } as Schema, '2020-12')
      expect(validator.validate(example).errors).toEqual([])
    }
  })

  it('has an example of everything that a call takes and gives as JSON', () => {
    const isJson = (type: string) => type === 'application/json'
    const bare = calls.flatMap(([call, { requestBody, responses }]) =>
      [requestBody?.content, ...Object.values(responses).map(({ content }) => content)]
        .flatMap((content) => Object.entries(content ?? {}))
        .filter(([type, { example }]) => isJson(type) && example === undefined)
        .map(() => call),
    )
    expect(bare).toEqual(['GET /api/openapi.json'])
  })

  it('has the words of the comments in the code', () => {
    const { Photo, Message, Link } = document.components.schemas
    expect(Photo?.description).toBe('A photo as its owner sees it.')
    expect(Photo?.properties?.width?.description).toBe('Upright pixels; null while pending.')
    expect(Link?.properties?.expiresAt?.description).toMatch(/^From this very .* Milliseconds since 1970\.$/)
    expect(Message?.properties?.text?.description).toBe('As it was written: text, and never markup.')
  })
})
