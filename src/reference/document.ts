import { CODES, type Code } from '../http/problems'
import { type Answer, type Call, IN_PATHS, type Parameter, type Reference } from '../http/reference'
import texts from '../lang/en/problems'
import { showCurl } from './curl'
import type { Content, Field, OpenApi, Operation, Outcome } from './openapi'
import { collectSchemas, querySchema, type Schemas } from './schemas'

/** The whole reference as one OpenAPI document. */
export function makeDocument(
  parts: readonly Reference[],
  values: { version: string; sources: Record<string, string> },
): OpenApi {
  const schemas = collectSchemas(parts, values.sources)
  const paths: OpenApi['paths'] = {}
  for (const part of parts)
    for (const [key, call] of Object.entries(part.calls)) {
      const [method = '', path = ''] = key.split(' ')
      paths[path] = {
        ...paths[path],
        [method.toLowerCase()]: describeCall({ part, method, path, call }, schemas),
      }
    }
  return {
    openapi: '3.1.1',
    info: { title: 'Cameo', version: values.version, description: ABOUT },
    servers: [{ url: '/' }],
    tags: parts.map(({ title }) => ({ name: title })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token, made in the settings.' },
        session: {
          ...{ type: 'apiKey', in: 'cookie', name: '__Host-session' },
          description:
            'The cookie of a browser that is signed in; called `session` where the service runs locally.',
        },
      },
    },
  }
}

const ABOUT =
  'One URL for your face, and a private place for your pictures. Bodies are JSON, times are milliseconds since 1970. Answers may get more fields: pass over those that you do not know.'

interface Placed {
  part: Reference
  method: string
  path: string
  call: Call
}

function describeCall(placed: Placed, schemas: Schemas): Operation {
  const { part, call } = placed
  const parameters = parametersOf(placed)
  return {
    operationId: call.id,
    tags: [part.title],
    summary: call.summary,
    ...(call.text && { description: call.text }),
    security: securityOf(call),
    ...(parameters.length && { parameters }),
    ...(call.body && {
      requestBody: { required: !isOptional(call.body), content: contentOf(call.body, schemas) },
    }),
    responses: { ...answersOf(call, schemas), ...problemsOf(placed) },
    'x-codeSamples': [{ lang: 'shell', label: 'curl', source: showCurl(placed, parameters) }],
  }
}

const isOptional = (body: NonNullable<Call['body']>) => 'optional' in body && body.optional === true

function securityOf({ who }: Call): Operation['security'] {
  if (who === 'anybody') return []
  return who === 'session' ? [{ session: [] }] : [{ token: [] }, { session: [] }]
}

const PAGED: Record<string, Parameter> = {
  limit: { type: 'integer', text: 'How many, from 1 to 100; 50 where none is given.' },
  cursor: { text: "Where to go on: the last answer's `nextCursor`, which is null at the end." },
}

function parametersOf({ path, call }: Placed): Field[] {
  const inPath = [...path.matchAll(/(\w*\/)?(\{\w+\})(\.json)?/g)].map(
    ([, before = '', name = '', end = '']) => {
      const found = IN_PATHS[`${before}${name}`] ?? IN_PATHS[`${name}${end}`] ?? IN_PATHS[name]
      if (!found) throw new Error(`${path}: nothing is known of ${name}`)
      return toField(name.slice(1, -1), 'path', found)
    },
  )
  const { properties = {}, required = [] } = call.querySchema ? querySchema(call.querySchema()) : {}
  const checked = Object.entries(properties)
  const query = { ...call.query, ...(call.paged && PAGED) }
  return [
    ...inPath,
    ...checked.map(([name, schema]) => ({
      ...toField(name, 'query', query[name] ?? { text: '' }),
      ...{ required: required.includes(name), schema },
    })),
    ...Object.entries(query)
      .filter(([name]) => !checked.some(([each]) => each === name))
      .map(([name, field]) => toField(name, 'query', field)),
    ...Object.entries(call.headers ?? {}).map(([name, field]) => toField(name, 'header', field)),
  ]
}

function toField(
  name: string,
  place: Field['in'],
  { text, type, pattern, values, example }: Parameter,
): Field {
  const schema = { type: type ?? 'string', ...(pattern && { pattern }), ...(values && { enum: [...values] }) }
  return {
    ...{ name, in: place, required: place === 'path', description: text, schema },
    ...(example !== undefined && { example: type === 'integer' ? Number(example) : example }),
  }
}

function contentOf(body: NonNullable<Call['body']>, schemas: Schemas): Content {
  if ('schema' in body)
    return { 'application/json': { schema: schemas.pointAt(body.schema()), example: body.example } }
  const fields = Object.keys(body.form).map((name) => [name, { type: 'string' }])
  const schema = { type: 'object', properties: Object.fromEntries(fields), required: Object.keys(body.form) }
  return { 'application/x-www-form-urlencoded': { schema, example: body.form } }
}

function answersOf({ answers }: Call, schemas: Schemas): Record<string, Outcome> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [status, outcomeOf(answer, schemas)]),
  )
}

function outcomeOf(answer: Answer, schemas: Schemas): Outcome {
  const { text: description } = answer
  if ('types' in answer)
    return { description, content: Object.fromEntries(answer.types.map((type) => [type, {}])) }
  if (!('schema' in answer)) return { description }
  const json = { schema: schemas.pointAt(answer.schema), example: answer.example }
  return { description, content: { 'application/json': json } }
}

/** What follows from how a call is guarded and what it takes, and what it says itself. */
function codesOf({ method, path, call }: Placed): Code[] {
  const isApi = path.startsWith('/api/')
  const reads = method === 'GET'
  const guarded = isApi || path.startsWith('/l/')
  const codes: (Code | false | undefined)[] = [
    (isApi || call.who !== 'anybody') && 'unauthenticated',
    call.who === 'session' && 'session_required',
    ((guarded && !reads) || call.ownPagesOnly) && 'cross_site',
    call.body && 'schema' in call.body && 'invalid_json',
    ((call.body && 'schema' in call.body) || call.paged || call.querySchema) && 'invalid_input',
    call.body && 'too_large',
    call.body && 'unsupported_type',
    ...(call.problems ?? []),
    'database_not_migrated',
    'unavailable',
  ]
  return [...new Set(codes.filter((code) => typeof code === 'string'))]
}

/** The refusals by status. Outside of the API they are pages for whoever asks for a page. */
function problemsOf(placed: Placed): Record<string, Outcome> {
  const { path, call } = placed
  const codes = codesOf(placed)
  const statuses = [...new Set(codes.map((code) => CODES[code]))]
  return Object.fromEntries(
    statuses.map((status) => {
      const mine = codes.filter((code) => CODES[code] === status)
      const own = call.answers[status]
      const types = own && 'types' in own ? own.types : path.startsWith('/api/') ? [] : ['text/html']
      const text = mine.map((code) => `\`${code}\`: ${texts[code]}`).join(' ')
      const schema = {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: mine } } }],
      }
      const content = { ...Object.fromEntries(types.map((type) => [type, {}])), [PROBLEM]: { schema } }
      const again = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } }
      return [
        status,
        {
          description: [own?.text, text].filter(Boolean).join(' '),
          ...((status === 429 || status === 503) && { headers: again }),
          content,
        },
      ]
    }),
  )
}

const PROBLEM = 'application/problem+json'
