import { countUse, dayOf, secondsLeft } from '../budgets/counts'
import type { Capabilities } from '../capabilities'
import { logProblem, Problem, toProblem } from '../http/problems'
import { makePlaces, type Place } from '../lib/places'
import { MINUTE } from '../lib/time'
import { writeZip, type ZipFile } from '../lib/zip'
import type { Person } from './person'

/** What reading everything of a person takes. */
export type ExportCaps = Pick<Capabilities, 'db' | 'bucket' | 'now'>

/** What a feature adds to an export. */
export interface ExportPart {
  /**
   * Its files, the list read as they are sent. Names are made of ids alone: what people wrote could be a path that
   * leads elsewhere.
   */
  files?: AsyncGenerator<ZipFile>
  /**
   * Its members of `account.json`, asked for when all files are out. A list may be long: it is written item by item,
   * and may be read so too, as an async iterable.
   * @throws where the account is gone, or from such a list: then nothing of it is told any more
   */
  readMembers(): Promise<Record<string, unknown>>
}

/** Opens a feature's part, once for each export: it may note what came of its files. */
export type ExportSection = (caps: ExportCaps, values: { user: Person }) => ExportPart

/** Exports that a person may begin in a day (UTC), broken ones included: each reads all their originals. */
const EXPORTS_A_DAY = 10

/**
 * Archives that one isolate sends at once, exports included, and those of one person among them: a slow client holds some
 * of its memory for as long as it likes. An archive of which nobody takes anything for two minutes holds no place.
 */
const ARCHIVES_AT_ONCE = 20
const takePlace = makePlaces({ most: ARCHIVES_AT_ONCE, mostEach: 4, life: 2 * MINUTE })

/**
 * Counts an export that is about to begin.
 * @throws Problem `rate_limited` after EXPORTS_A_DAY
 */
export async function countExport(
  caps: Pick<Capabilities, 'db' | 'now'>,
  { userId }: { userId: string },
): Promise<void> {
  if (await countUse(caps, { kind: 'exports', lines: [{ who: userId, limit: EXPORTS_A_DAY }] })) return
  const detail = `At most ${EXPORTS_A_DAY} exports a day. Try again tomorrow (UTC).`
  throw new Problem('rate_limited', detail, { retryAfter: secondsLeft(caps.now) })
}

/** `cameo-export-2026-11-25.zip` */
export function nameExport({ now }: Pick<Capabilities, 'now'>): string {
  return `cameo-export-${dayOf(now)}.zip`
}

/** Raised when what `account.json` says changes its meaning; members are added without. */
const VERSION = 1

/**
 * Everything that is a person's, as a ZIP that is made while it is read: the files of all sections, and last
 * `account.json` with all that is no file.
 * @param values.count counts it, once there is a place for it
 * @returns a stream that holds no more than it is asked for, and breaks off where something fails or the account goes
 *   meanwhile: half an archive cannot be opened, a whole one is right
 * @throws Problem as `streamArchive` does
 */
export function exportAccount(
  caps: ExportCaps,
  values: { user: Person; sections: readonly ExportSection[]; count(): Promise<void> },
): Promise<ReadableStream<Uint8Array>> {
  const { user, sections, count } = values
  const files = () =>
    listFiles(
      caps,
      sections.map((open) => open(caps, { user })),
    )
  return streamArchive({ userId: user.id, count, files })
}

/**
 * Files as a ZIP that is made while it is read: a stream as `exportAccount` has it.
 * @param values.count counts it, once there is a place for it
 * @throws Problem `rate_limited` where the person has as many on their way as they may, `unavailable` where this isolate
 *   has, and those of `count`
 */
export async function streamArchive(values: {
  userId: string
  count(): Promise<void>
  files(): AsyncGenerator<ZipFile>
}): Promise<ReadableStream<Uint8Array>> {
  const place = takePlace(values.userId, Date.now())
  if (place === 'theirs')
    throw new Problem('rate_limited', 'Too many archives at once. Wait until one of them is there.', {
      retryAfter: 30,
    })
  if (place === 'all') throw new Problem('unavailable', undefined, { retryAfter: 30 })
  try {
    await values.count()
  } catch (error) {
    place.free()
    throw error
  }
  const archive = writeZip(values.files(), (error) => logProblem(toProblem(error), { what: 'export' }))
  const pipe = new IdentityTransformStream()
  send(archive.getReader(), { to: pipe.writable.getWriter(), place }).catch(() => {}) // whoever reads is told by the pipe
  return pipe.readable
}

/**
 * Writes each part and then frees its memory: this pipe's write ends when the other end has the bytes. Left to the
 * garbage collector, the parts of a large archive pile up to what the platform lets an isolate hold.
 */
async function send(
  archive: ReadableStreamDefaultReader<Uint8Array>,
  { to: pipe, place }: { to: WritableStreamDefaultWriter<Uint8Array>; place: Place },
): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await archive.read()
      if (done) return await pipe.close()
      await pipe.write(value)
      place.renew(Date.now())
      ;(value.buffer as ArrayBuffer).transfer(0)
    }
  } catch (error) {
    await Promise.allSettled([pipe.abort(error), archive.cancel(error)])
  } finally {
    place.free()
  }
}

async function* listFiles({ now }: Pick<ExportCaps, 'now'>, parts: ExportPart[]): AsyncGenerator<ZipFile> {
  for (const { files } of parts) if (files) yield* files
  yield { name: 'account.json', modifiedAt: now, body: writeAccount(now, parts) }
}

async function* writeAccount(now: number, parts: ExportPart[]): AsyncGenerator<string> {
  yield `{"version":${VERSION},"exportedAt":${now}`
  for (const part of parts)
    for (const [name, value] of Object.entries(await part.readMembers())) {
      yield `,\n${JSON.stringify(name)}:`
      yield* isList(value) ? writeList(value) : [JSON.stringify(value)]
    }
  yield '}\n'
}

type List = unknown[] | AsyncIterable<unknown>

function isList(value: unknown): value is List {
  return (
    Array.isArray(value) || (typeof value === 'object' && value !== null && Symbol.asyncIterator in value)
  )
}

async function* writeList(items: List): AsyncGenerator<string> {
  let between = '['
  for await (const item of items) {
    yield `${between}\n${JSON.stringify(item)}`
    between = ','
  }
  yield between === '[' ? '[]' : ']'
}
