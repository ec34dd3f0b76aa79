import { judgeConditions, readConditions } from '../http/conditions'
import { KEPT } from '../http/headers'
import { clientKey } from '../http/limits'
import { startTimings } from '../lib/timings'
import { chooseFormat } from '../renditions/formats'
import { renditionTag } from '../renditions/keys'
import { findRendition } from '../renditions/rendition'
import { wholePicture } from '../renditions/sizing'
import { openWorkshop } from '../renditions/workshop'
import type { ViewerSight } from './access'

/** What a browser may do with a private picture: show it on our own pages, and nothing else. */
export const PRIVATE = {
  'cache-control': 'private, no-store',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
}

/** What a private width is made with. */
export interface Asking {
  request: Request
  env: Env
  ctx: Pick<ExecutionContext, 'waitUntil'>
}

/** What is to be answered, by whichever door. */
interface Answer {
  body: ReadableStream | Uint8Array<ArrayBuffer> | null
  status: 200 | 304 | 412
  headers: Headers
}

/** What a width must not be kept with, and what its browser may: copied, which is cheaper than building them. */
const LOST = new Headers({ ...PRIVATE, vary: 'Accept' })
const HELD = new Headers(LOST)
HELD.set('cache-control', KEPT)

/**
 * The whole picture, at most that wide. The browser keeps it and asks each time whether it may still show it, which
 * costs the one query that was made already: its ETag follows from what was asked, so nothing is read to compare it.
 * @param values.asked pixels, as the URL has them; what is no number means 2048
 * @param values.paced whether making a rendition counts against the asking client's minute. Not for the owner, whom the
 *   day's budget bounds: a long gallery would stay half empty
 */
export async function findWidth(
  { photo }: ViewerSight,
  { asked, paced }: { asked: string; paced: boolean },
  asking: Asking,
): Promise<Answer> {
  const { request, env, ctx } = asking
  const width = readWidth(asked)
  const format = chooseFormat(request.headers.get('accept'), NO_AVIF)
  const spec = wholePicture(photo, { width, format })
  const etag = `"${renditionTag(spec)}"`
  const status = judgeConditions(readConditions(request.headers), etag)
  if (status === 412) return { body: null, status, headers: new Headers(LOST) }
  const held = new Headers(HELD)
  held.set('etag', etag)
  if (status === 304) return { body: null, status, headers: held }
  const timings = startTimings()
  const shop = openWorkshop(env, {
    client: clientKey(request),
    paced,
    waitUntil: (promise) => ctx.waitUntil(promise),
    measure: timings.measure,
  })
  const rendition = await findRendition(shop, spec)
  const headers = rendition.substitute ? new Headers(LOST) : held
  headers.set('content-type', rendition.contentType)
  headers.set('content-length', String(rendition.bytes))
  headers.set('server-timing', timings.header(rendition.tier))
  return { body: rendition.body, status, headers }
}

/** Pixels, as a URL has them: what is no number means the largest. */
export function readWidth(asked: string): number {
  return /^[0-9]+$/.test(asked) ? Number(asked) : 2048
}

/** Larger than any: making one takes four times as long as WebP, and a private picture is made for few. */
const NO_AVIF = Number.POSITIVE_INFINITY
