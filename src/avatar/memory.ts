import { type RenditionSpec, renditionName } from '../renditions/spec'

/** Small renditions that this isolate has served lately: what a page full of faces asks for again and again. */
const MAX_REMEMBERED = 256

/** Larger ones are worth a look into a cache. With MAX_REMEMBERED it bounds the memory: 4 MiB of the isolate's 128. */
const MAX_BYTES = 16 * 1024

/** A rendition never changes, so neither does what is remembered of it. Who shows it is asked each time. */
export interface Remembered {
  body: Uint8Array<ArrayBuffer>
  bytes: number
  contentType: string
  etag: string
}

/**
 * Least recently asked for first: a Map keeps the order of its insertions. null for what was asked for once: to read a
 * picture instead of passing its stream on costs some hundredths of the request, so it is done for what comes again.
 */
const held = new Map<string, Remembered | null>()

const nameOf = (spec: RenditionSpec) => `${spec.photoId}/${renditionName(spec)}`

function hold(name: string, known: Remembered | null): void {
  held.delete(name)
  held.set(name, known)
  if (held.size > MAX_REMEMBERED) held.delete(held.keys().next().value ?? '')
}

export function recall(spec: RenditionSpec): Remembered | null {
  const name = nameOf(spec)
  const known = held.get(name)
  if (known !== undefined) hold(name, known)
  return known ?? null
}

/**
 * Keeps a rendition that is asked for again, or whose bytes are at hand, and gives it back with its bytes; any other,
 * and a large one, passes as it came. One whose length nobody said (0) is read to its end.
 * @throws Error where fewer or more bytes came than were announced
 */
export async function remember<T extends { body: ReadableStream | Uint8Array<ArrayBuffer>; bytes: number }>(
  spec: RenditionSpec,
  rendition: T & { contentType: string; etag: string },
): Promise<T> {
  const { bytes, contentType, etag } = rendition
  const name = nameOf(spec)
  if (bytes > MAX_BYTES) return rendition
  if (bytes && rendition.body instanceof ReadableStream && !held.has(name)) {
    hold(name, null)
    return rendition
  }
  const body =
    rendition.body instanceof Uint8Array
      ? rendition.body.slice() // its maker may give the memory of its own back
      : new Uint8Array(await new Response(rendition.body).arrayBuffer())
  // Half a picture would stay one for as long as the isolate lives.
  if (bytes && body.length !== bytes)
    throw new Error(`a rendition of ${bytes} bytes came with ${body.length}`)
  const whole = { ...rendition, body, bytes: body.length }
  if (body.length <= MAX_BYTES) hold(name, { body, bytes: body.length, contentType, etag })
  return whole
}

/** For tests that look at what lies behind. */
export function forgetAll(): void {
  held.clear()
}
