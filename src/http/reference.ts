import type * as z from 'zod/mini'
import type { Code } from './problems'

// How a feature tells of its calls, in its `reference.ts` beside its routes. The build makes the API's reference of them,
// tests hold the API to it, and the Worker never sees them.

/** A part of the reference: the calls of one feature, and where the schemas that they name come from. */
export interface Reference {
  title: string
  /** The folder of the feature, under src: the comments of its `answers.ts` and `schemas.ts` describe their fields. */
  folder: string
  /** Everything of its `answers.ts`: a schema is called after its export. */
  answers?: Record<string, unknown>
  /** The same of its `schemas.ts`. */
  requests?: Record<string, unknown>
  /** By method and path, `GET /api/photos/{id}`. */
  calls: Record<string, Call>
}

export interface Call {
  /** A name that no other call has. */
  id: string
  /** What it does, in a few words. */
  summary: string
  /** What else is to be known. */
  text?: string
  /** Who may call it: anybody, or somebody who is signed in by a session, or (if not said) by a session or a token. */
  who?: 'anybody' | 'session'
  /** Another site may not have it asked, though it reads only. */
  ownPagesOnly?: boolean
  /** Takes `limit` and `cursor`. */
  paged?: boolean
  query?: Record<string, Parameter>
  /** The schema that the query is checked against, what `query` says of its fields aside. */
  querySchema?: Request
  headers?: Record<string, Parameter>
  body?: { schema: Request; example: unknown; optional?: boolean } | { form: Record<string, string> }
  answers: Record<number, Answer>
  /** Beyond those that follow from what is said above. */
  problems?: Code[]
}

/** A schema of a request, made at its first use. */
type Request = () => z.ZodMiniType

/** A JSON body, one of another type, or none. */
export type Answer =
  | { text: string; schema: z.ZodMiniType; example: unknown }
  | { text: string; types: string[] }
  | { text: string }

export interface Parameter {
  text: string
  type?: 'string' | 'integer'
  pattern?: string
  values?: readonly string[]
  example?: string
}

/** What most writing calls say. */
export const DONE: Call['answers'] = { 204: { text: 'Done.' } }

/** Whom and what the examples are about. The hashes are those of ada@example.com and grace@example.com. */
export const EXAMPLE = {
  me: 'b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72',
  md5: '3e3417d7ef77d5932a6734b916515ed5',
  friend: 'b533d4547eaa5a0fa955965a1ca393ccd2ea013032a105726f232eb41bddc4fa',
  user: '5b0e7c1a-9d0f-4c56-8f0e-2f6f1d3c8a01',
  owner: 'd2a4f3de-7a35-4b0c-9a52-0c3f5e6b7a02',
  photo: '8c6d1f0e-3b5a-4e9d-9c1b-7a2e4f6d8b03',
  crop: '7b6a5948-3726-4150-8f4e-3d2c1b0a9f09',
  album: '1f9b3c5d-6e7a-4b8c-8d9e-0a1b2c3d4e04',
  link: '4a7d9e2f-1c3b-4d5e-9f60-718293a4b505',
  message: '6e5d4c3b-2a19-4f8e-8d7c-6b5a49382706',
  session: '9f8e7d6c-5b4a-4392-a180-7f6e5d4c3b07',
  apiToken: '2b3c4d5e-6f70-4182-93a4-b5c6d7e8f908',
  publicKey: '4dPzX9kQm2VbT7sRw1YcLa',
  linkToken: 'Vq3nB7xT0sKfJm9ZcR5wLh2YpD8aGu6EtXo1Ni4QbSk',
  /** 12 November 2026, 14:05 UTC. */
  time: Date.UTC(2026, 10, 12, 14, 5),
} as const

const HASH: Parameter = {
  text: "The SHA-256 of somebody's e-mail, trimmed and in lower case; hexadecimal of any case.",
  pattern: '^[0-9a-fA-F]{64}$',
  example: EXAMPLE.friend,
}
const KEY: Parameter = {
  text: 'The SHA-256 (64 digits) or MD5 (32) of an e-mail in hexadecimal, or a public key (22 characters). A picture may have an ending: `.jpg`, `.jpeg`, `.png`, `.webp`, `.avif`, `.gif`.',
  pattern:
    '^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{32}|[0-9A-Za-z]{22})(?:\\.(?:[jJ][pP][eE]?[gG]|[pP][nN][gG]|[wW][eE][bB][pP]|[aA][vV][iI][fF]|[gG][iI][fF]))?$',
  example: EXAMPLE.me,
}
const named = (text: string, example: string): Parameter => ({ text, example })

/** What stands in paths, by the end of what is before and the name. */
export const IN_PATHS: Record<string, Parameter> = {
  'photos/{id}': named('The photo.', EXAMPLE.photo),
  'albums/{id}': named('The album.', EXAMPLE.album),
  'sessions/{id}': named('The session.', EXAMPLE.session),
  'tokens/{id}': named('The API token.', EXAMPLE.apiToken),
  'addresses/{hash}': { ...HASH, text: 'The SHA-256 of an address of yours.', example: EXAMPLE.me },
  '{hash}': HASH,
  '{photoId}': named('The photo.', EXAMPLE.photo),
  '{linkId}': named('The link.', EXAMPLE.link),
  '{userId}': named("The photo's owner.", EXAMPLE.owner),
  '{token}': named('The secret part of the link.', EXAMPLE.linkToken),
  '{key}.json': { ...KEY, text: 'As for a picture, without an ending.', pattern: '^[0-9a-zA-Z]{22,64}$' },
  '{key}': KEY,
}
