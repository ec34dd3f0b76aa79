import { WorkerEntrypoint } from 'cloudflare:workers'
import { type Config, loadConfig } from '../config'
import { logProblem, problemResponse, toProblem } from '../http/problems'
import { during } from '../lib/failures'
import { startTimings } from '../lib/timings'
import { findRendition, type Rendition } from '../renditions/rendition'
import { resolveFormat, usefulSize } from '../renditions/sizing'
import { openWorkshop } from '../renditions/workshop'
import { type CanonicalRequest, CHANGING_PATHS, CLIENT_HEADER, parseCanonical } from './canonical'
import { findActivePhoto, findProfile, type Profile } from './lookup'

/**
 * What stands behind Workers Cache: answers a picture or "none" (a cacheable 404), never a default picture, and
 * purges its own answers. Sees nothing of the client's but the key its rate limit is counted by.
 */
export class PhotoOrigin extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    try {
      const asked = parseCanonical(request.url)
      if (!asked) return notFound({ 'cache-control': 'no-store' })
      if (asked.profile)
        return profileResponse(this.keep(asked.key), await during('d1', findProfile(this.env.DB, asked)))
      return await this.answer(asked, request.headers.get(CLIENT_HEADER) ?? '')
    } catch (error) {
      const problem = toProblem(error)
      logProblem(problem, { what: 'picture' })
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

  /** Removes all of our answers that a change can make wrong, as one call. false where the platform refuses for now. */
  async sweep(): Promise<boolean> {
    const result = await this.ctx.cache?.purge({ pathPrefixes: [CHANGING_PATHS] })
    return result?.success ?? true
  }

  private keep(key: string): Record<string, string> {
    return edgeHeaders(key, loadConfig(this.env))
  }

  private async answer(asked: CanonicalRequest, client: string): Promise<Response> {
    const timings = startTimings()
    const { measure } = timings
    const photo = await measure('d1', findActivePhoto(this.env.DB, asked))
    if (!photo) return notFound(this.keep(asked.key), timings.header())
    const format = resolveFormat(asked.format, photo)
    const waitUntil = (promise: Promise<unknown>) => this.ctx.waitUntil(promise)
    const spec = { ...photo, shape: 's', pixels: usefulSize(asked.size, photo), format } as const
    const rendition = await findRendition(openWorkshop(this.env, { client, waitUntil, measure }), spec)
    const caching = rendition.substitute ? { 'cache-control': 'no-store' } : this.keep(asked.key)
    return pictureResponse(caching, rendition, timings.header(rendition.tier))
  }
}

/**
 * How long browsers and Workers Cache keep an answer. It is purged on change, so the edge's life only bounds a purge
 * that was lost.
 */
function edgeHeaders(key: string, { edgeSeconds }: Config): Record<string, string> {
  return {
    'cache-control': 'public, max-age=300',
    'cloudflare-cdn-cache-control': `max-age=${edgeSeconds}, stale-if-error=600`,
    'cache-tag': `k:${key}`,
  }
}

function pictureResponse(
  caching: Record<string, string>,
  rendition: Rendition,
  serverTiming: string,
): Response {
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

function profileResponse(caching: Record<string, string>, profile: Profile | null): Response {
  if (!profile) return notFound(caching)
  const headers = { ...caching, 'content-type': 'application/json', 'server-timing': 'd1' }
  return new Response(JSON.stringify(profile), { headers })
}

function notFound(caching: Record<string, string>, serverTiming = ''): Response {
  return new Response(null, { status: 404, headers: { ...caching, 'server-timing': serverTiming } })
}
