import { env, exports } from 'cloudflare:workers'
import { vi } from 'vitest'
import { requestAddress } from '../src/accounts/addresses'
import type { AddressJson, MeJson } from '../src/accounts/answers'
import { readPerson, toMe } from '../src/accounts/person'
import { createSession, SESSION_LIFE } from '../src/accounts/sessions'
import { redeemCode, requestCode } from '../src/accounts/signin'
import { createToken } from '../src/accounts/tokens'
import { forgetAll } from '../src/avatar/memory'
import { type Capabilities, openCapabilities } from '../src/capabilities'
import { addresses, apiTokens, sessions, users } from '../src/db/schema'
import { digestHex, randomPublicKey, randomToken } from '../src/lib/crypto'
import { hashEmail } from '../src/lib/email-hash'
import type { PhotoJson } from '../src/photos/answers'
import { holdToReference } from './contract'

const ORIGIN = 'http://localhost'

export interface Person extends MeJson {
  /** Headers that say who is asking. */
  session: { cookie: string }
  token: { authorization: string }
}

interface Ask {
  as?: { cookie: string } | { authorization: string } | undefined
  json?: unknown
  body?: BodyInit
  headers?: Record<string, string>
}

/**
 * One request through the Worker's public door, as a browser's own page would send it. By an isolate that remembers no
 * rendition, so that the tiers behind are what answers. The answer is held to the API's reference.
 */
export async function ask(
  method: string,
  path: string,
  { as, json, body, headers }: Ask = {},
): Promise<Response> {
  forgetAll()
  const answer = await exports.default.fetch(`${ORIGIN}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...as, ...headers },
    body: json !== undefined ? JSON.stringify(json) : body,
  })
  await holdToReference(method, path, answer)
  return answer
}

/** The same, with the answer read: `[status, code]` of a problem, so that a test says both in one line. */
export async function refusal(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer
  const problem = await response.json<{ code: string; status: number; type: string; title: string }>()
  if (response.headers.get('content-type') !== 'application/problem+json')
    throw new Error('not a problem+json')
  if (problem.status !== response.status || !problem.type || !problem.title)
    throw new Error('not an RFC 9457 body')
  return [response.status, problem.code]
}

/** A mail as it was handed to the binding. */
interface HeldMail {
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

type Mailbox = Capabilities['email'] & { code(): string; to: string[]; mails: HeldMail[] }

/** Takes mail in place of the binding, and tells the code of the last one. */
export function holdMail(): Mailbox {
  let last = ''
  const to: string[] = []
  const mails: HeldMail[] = []
  return {
    to,
    mails,
    code: () => /\d{8}/.exec(last)?.[0] ?? '',
    async send(mail: HeldMail) {
      last = mail.subject
      mails.push(mail)
      to.push(String(mail.to))
      return { messageId: '' }
    },
  } as Mailbox
}

let people = 0

/**
 * A new person with a session and an API token. Their rows are written as a sign-in writes them, in one go: hundreds of
 * tests need somebody, and what signs in is tested for itself (test/signin.test.ts).
 */
export async function newPerson(
  email = `person-${++people}-${crypto.randomUUID()}@example.com`,
): Promise<Person> {
  const now = Date.now()
  const caps = openCapabilities(env, now)
  const hashes = await hashEmail(email)
  const [id, session, token] = [crypto.randomUUID(), randomToken(), `cameo_${randomToken()}`]
  const [sessionHash, tokenHash] = await Promise.all([session, token].map((one) => digestHex('SHA-256', one)))
  const primary = { ...hashes, email, userId: id, isPrimary: true, createdAt: now }
  const ofTheirs = { userId: id, createdAt: now }
  await caps.db.batch([
    caps.db.insert(users).values({ id, publicKey: randomPublicKey(), createdAt: now }),
    caps.db.insert(addresses).values(primary),
    caps.db.insert(sessions).values({
      ...ofTheirs,
      id: crypto.randomUUID(),
      tokenHash: sessionHash as string,
      expiresAt: now + SESSION_LIFE,
    }),
    caps.db
      .insert(apiTokens)
      .values({ ...ofTheirs, id: crypto.randomUUID(), name: 'test', tokenHash: tokenHash as string }),
  ])
  const me = toMe(await readPerson(caps, { userId: id }))
  return { ...me, session: { cookie: `session=${session}` }, token: { authorization: `Bearer ${token}` } }
}

/** The same, by a code that was mailed, as everybody comes. */
export async function signUp(email = `${crypto.randomUUID()}@example.com`): Promise<Person> {
  const caps = openCapabilities(env, Date.now())
  const mailbox = holdMail()
  const asker = { client: '192.0.2.1', knownBrowser: undefined }
  const browserId = await requestCode({ ...caps, email: mailbox }, { email, ...asker })
  const user = await redeemCode(caps, { browserId, code: mailbox.code() })
  const session = { cookie: `session=${await createSession(caps, { userId: user.id, userAgent: '' })}` }
  const made = await createToken(caps, { userId: user.id, name: 'test' })
  return { ...toMe(user), session, token: { authorization: `Bearer ${made?.token}` } }
}

let networks = 0

/** A browser's headers for a network that has asked nothing yet, with the code that was mailed to an address. */
export async function askAddress(person: Person, email: string) {
  const mailbox = holdMail()
  const client = `192.0.2.${++networks % 250}`
  const caps = { ...openCapabilities(env, Date.now()), email: mailbox }
  const browserId = await requestAddress(caps, { user: person, email, client: `${client}/${networks}` })
  const cookie = `${person.session.cookie}; new-address=${browserId}`
  return { as: { cookie, 'cf-connecting-ip': client }, browserId, code: mailbox.code() }
}

/** Adds an address to a person's account, by the code that was mailed to it. */
export async function addAddress(person: Person, email: string): Promise<Response> {
  const { as, code } = await askAddress(person, email)
  return ask('POST', '/api/addresses/confirm', { as, json: { code } })
}

/** The same, where it must succeed. */
export async function newAddress(
  person: Person,
  email = `${crypto.randomUUID()}@example.com`,
): Promise<AddressJson> {
  const answer = await addAddress(person, email)
  if (answer.status !== 201) throw new Error(`confirm: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** The bytes of a picture of test/fixtures.ts. */
export function fixture(name: string): Uint8Array<ArrayBuffer> {
  const base64 = env.FIXTURES[name]
  if (!base64) throw new Error(`no fixture ${name}`)
  return Uint8Array.fromBase64(base64)
}

export function typeOf(name: string): string {
  return `image/${name.split('.').pop()?.replace('jpg', 'jpeg')}`
}

export async function prepare(person: Person, contentType: string, bytes: number): Promise<string> {
  const response = await ask('POST', '/api/photos', { as: person.session, json: { contentType, bytes } })
  if (response.status !== 201) throw new Error(`prepare: ${response.status} ${await response.text()}`)
  return (await response.json<{ id: string }>()).id
}

/** Puts bytes where the presigned URL points; the URL itself is tested against `wrangler dev`. */
export async function store(person: Person, photoId: string, bytes: Uint8Array): Promise<void> {
  await env.UPLOADS.put(await keyOfUpload(person, photoId), bytes)
}

/** Where the upload of a photo is put: its last segment is in the row alone. */
export async function keyOfUpload(person: { id: string }, photoId: string): Promise<string> {
  const row = await env.DB.prepare('SELECT upload_secret AS secret FROM photos WHERE id = ?')
    .bind(photoId)
    .first<{ secret: string }>()
  return `${person.id}/${photoId}/${row?.secret}`
}

export function complete(person: Person, photoId: string): Promise<Response> {
  return ask('POST', `/api/photos/${photoId}/complete`, { as: person.session })
}

/** A photo of that person, uploaded and ready. */
export async function newPhoto(person: Person, name = 'red.jpg'): Promise<PhotoJson> {
  const bytes = fixture(name)
  const id = await prepare(person, typeOf(name), bytes.length)
  await store(person, id, bytes)
  const response = await complete(person, id)
  if (response.status !== 200)
    throw new Error(`complete ${name}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** Begins a crop of a photo: the middle of it, as a square picture of test/fixtures.ts. */
export async function prepareCrop(
  person: Person,
  photoId: string,
  { name = 'green.png', box = { x: 0.25, y: 0.125, size: 0.5 } }: { name?: string; box?: unknown } = {},
): Promise<Response> {
  const json = { contentType: typeOf(name), bytes: fixture(name).length, cropOf: photoId, box }
  return ask('POST', '/api/photos', { as: person.session, json })
}

/** The same, uploaded; `complete` is still to come. */
export async function storeCrop(person: Person, photoId: string, name = 'green.png'): Promise<string> {
  const { id } = await (await prepareCrop(person, photoId, { name })).json<{ id: string }>()
  await store(person, id, fixture(name))
  return id
}

/** The same, completed. */
export async function crop(person: Person, photoId: string, name = 'green.png'): Promise<Response> {
  return complete(person, await storeCrop(person, photoId, name))
}

export function activate(person: Person, photoId: string | null): Promise<Response> {
  return ask('PUT', '/api/me/active-photo', { as: person.session, json: { photoId } })
}

/** A new person who shows a picture. */
export async function newFace(name = 'red.jpg'): Promise<{ person: Person; photo: PhotoJson }> {
  const person = await newPerson()
  const photo = await newPhoto(person, name)
  await activate(person, photo.id)
  return { person, photo }
}

/** The colour in the middle of a picture, decoded by the Images binding to PNG of one pixel and read from it. */
export async function middleColour(
  picture: Response | Uint8Array<ArrayBuffer>,
): Promise<[number, number, number]> {
  const bytes = picture instanceof Response ? new Uint8Array(await picture.arrayBuffer()) : picture
  return pixelAt(bytes, 0.5, 0.5)
}

/** The colour at a place (0..1) of a picture. */
export async function pixelAt(
  bytes: Uint8Array<ArrayBuffer>,
  x: number,
  y: number,
): Promise<[number, number, number]> {
  const { width, height, rows, channels } = await decode(bytes)
  const row = rows[Math.min(height - 1, Math.floor(y * height))] as Uint8Array
  const at = Math.min(width - 1, Math.floor(x * width)) * channels
  return [row[at] as number, row[at + 1] as number, row[at + 2] as number]
}

/** Decodes any picture: Images makes it a PNG, and the PNG's scan lines are unfiltered here. */
export async function decode(bytes: Uint8Array<ArrayBuffer>) {
  const result = await env.IMAGES.input(new Blob([bytes]).stream()).output({ format: 'image/png' })
  const png = new Uint8Array(await result.response().arrayBuffer())
  const view = new DataView(png.buffer)
  const [width, height, depth, colour] = [view.getUint32(16), view.getUint32(20), png[24], png[25]]
  const channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[colour as number]
  if (depth !== 8 || !channels) throw new Error(`PNG of depth ${depth}, colour type ${colour}`)
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8))
    if (type === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  const inflated = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'))
  const data = new Uint8Array(await new Response(inflated).arrayBuffer())
  return { width, height, channels, rows: unfilter(data, width * channels, height, channels) }
}

function unfilter(data: Uint8Array, stride: number, height: number, channels: number): Uint8Array[] {
  const rows: Uint8Array[] = []
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]
    const row = data.slice(y * (stride + 1) + 1, (y + 1) * (stride + 1))
    const above = rows[y - 1] ?? new Uint8Array(stride)
    for (let x = 0; x < stride; x++) {
      const left = row[x - channels] ?? 0
      const up = above[x] as number
      const corner = x >= channels ? (above[x - channels] as number) : 0
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter as number] as number
      row[x] = (row[x] as number) + predicted
    }
    rows.push(row)
  }
  return rows
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [number, number, number]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** Rate limits count by the minute of the clock: a test that uses one up must not stand across two of them. */
export async function waitForRoomInTheMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000)
  if (left < 8_000) await scheduler.wait(left + 100)
}

/** What waits for room in memory looks for it as often as ever, without time passing between. Restore the spy yourself. */
export function skipWaiting(): { mockRestore(): void } {
  return vi.spyOn(scheduler, 'wait').mockResolvedValue()
}
