import { WorkerEntrypoint } from 'cloudflare:workers'
import { isFault, problemResponse, toProblem } from '../http/problems'
import { startTimings } from '../lib/timings'
import { findRendition, type Rendition } from '../renditions/rendition'
import { resolveFormat, usefulSize } from '../renditions/sizing'
import { openWorkshop } from '../renditions/workshop'
import { type CanonicalRequest, CLIENT_HEADER, parseCanonical } from './canonical'
import { findActivePhoto, findProfile, type Profile } from './lookup'

/**
 * What stands behind Workers Cache: answers a picture or "none" (a cacheable 404), never a default picture, and
 * purges its own answers. Sees nothing of the client's but the key its rate limit is counted by.
 */
export class PhotoOrigin extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    try {
      const asked = parseCanonical(request.url)
      if (!asked) return notFound(null)
      if (asked.profile) return profileResponse(asked.key, await findProfile(this.env.DB, asked))
      return await this.answer(asked, request.headers.get(CLIENT_HEADER) ?? '')
    } catch (error) {
      const problem = toProblem(error)
      if (isFault(problem)) console.error('a picture could not be served', problem.cause ?? problem)
      return problemResponse(problem)
    }
  }

  /**
   * Removes what Workers Cache holds of our answers under these tags: only the entrypoint that owns a cache can.
   * false where the platform refuses for now. There is no such cache in local development.
   */
  async purge(tags: string[]): Promise<boolean> {
    const result = await this.ctx.cache?.purge({ tags })
    return result?.success ?? true
  }

  private async answer(asked: CanonicalRequest, client: string): Promise<Response> {
    const timings = startTimings()
    const { measure } = timings
    const photo = await measure('d1', findActivePhoto(this.env.DB, asked))
    if (!photo) return notFound(asked.key, timings.header())
    const format = resolveFormat(asked.format, photo)
    const waitUntil = (promise: Promise<unknown>) => this.ctx.waitUntil(promise)
    const spec = { ...photo, shape: 's', pixels: usefulSize(asked.size, photo), format } as const
    const rendition = await findRendition(openWorkshop(this.env, { client, waitUntil, measure }), spec)
    return pictureResponse(asked.key, rendition, timings.header(rendition.tier))
  }
}

/** How long Workers Cache keeps an answer: purged on change, so this only bounds a purge that was lost. */
const EDGE_LIFE = 'max-age=3600, stale-if-error=600'

function edgeHeaders(key: string): Record<string, string> {
  return {
    'cache-control': 'public, max-age=300',
    'cloudflare-cdn-cache-control': EDGE_LIFE,
    'cache-tag': `k:${key}`,
  }
}

function pictureResponse(key: string, rendition: Rendition, serverTiming: string): Response {
  const caching = rendition.substitute ? { 'cache-control': 'no-store' } : edgeHeaders(key)
  return new Response(rendition.body, {
    headers: {
      ...caching,
      'content-type': rendition.contentType,
      'content-length': String(rendition.bytes),
      etag: `"${rendition.etag}"`,
      'server-timing': serverTiming,
    },
  })
}

function profileResponse(key: string, profile: Profile | null): Response {
  if (!profile) return notFound(key)
  const headers = { ...edgeHeaders(key), 'content-type': 'application/json', 'server-timing': 'd1' }
  return new Response(JSON.stringify(profile), { headers })
}

function notFound(key: string | null, serverTiming = ''): Response {
  const caching = key === null ? { 'cache-control': 'no-store' } : edgeHeaders(key)
  return new Response(null, { status: 404, headers: { ...caching, 'server-timing': serverTiming } })
}
