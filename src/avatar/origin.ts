import { WorkerEntrypoint } from 'cloudflare:workers'
import { loadConfig } from '../config'
import { problemResponse } from '../http/problems'
import { logFailure } from '../lib/failures'
import { DAY, SECOND } from '../lib/time'
import { startTimings, type Timings } from '../lib/timings'
import type { Rendition } from '../renditions/rendition'
import { CHANGING_PATHS, CLIENT_HEADER, parseCanonical } from './canonical'
import type { Profile, ShownPhoto } from './lookup'
import { findProfileOf, findWho, makeWhat, reported } from './sources'

/**
 * What stands behind Workers Cache and purges its own answers. Two truths: *who* shows under a key, which can change,
 * and *what* a rendition is, which cannot. "None" is a cacheable 404; a default picture is never answered here. Sees
 * nothing of the client's but the key its rate limit is counted by.
 */
export class PhotoOrigin extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    const asked = parseCanonical(request)
    if (!asked) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
    const timings = startTimings()
    try {
      if (asked.ask === 'who')
        return this.whoResponse(asked.key, await findWho(this.env, asked.key, timings), timings)
      if (asked.ask === 'profile')
        return this.whoResponse(asked.key, await findProfileOf(this.env, asked.key, timings), timings)
      const client = request.headers.get(CLIENT_HEADER) ?? ''
      const waitUntil = (promise: Promise<unknown>) => this.ctx.waitUntil(promise)
      return whatResponse(await makeWhat(this.env, asked.spec, { client, waitUntil, timings }), timings)
    } catch (error) {
      return problemResponse(reported(error))
    }
  }

  /**
   * Removes what Workers Cache holds of our answers under these tags: only the entrypoint that owns a cache can.
   * false where the platform refuses for now, or fails. There is no such cache in local development.
   */
  async purge(tags: string[]): Promise<boolean> {
    return this.purgeCache({ tags })
  }

  /** Removes all of our answers that a change can make wrong, as one call. false as of `purge`. */
  async sweep(): Promise<boolean> {
    return this.purgeCache({ pathPrefixes: [CHANGING_PATHS] })
  }

  /** What left this method as an error, the platform would log as it is, with the tags in it. */
  private async purgeCache(what: CachePurgeOptions): Promise<boolean> {
    try {
      const result = await this.ctx.cache?.purge(what)
      return result?.success ?? true
    } catch (error) {
      logFailure({ what: 'purge', step: 'edge', cause: error })
      return false
    }
  }

  /** It is purged on change, so the edge's life only bounds a purge that was lost. */
  private whoResponse(key: string, found: ShownPhoto | Profile | null, timings: Timings): Response {
    const life = `max-age=${loadConfig(this.env).edgeSeconds}`
    const headers = {
      'cache-control': `public, ${life}`,
      'cloudflare-cdn-cache-control': `${life}, stale-if-error=600`,
      'cache-tag': `k:${key}`,
      'content-type': 'application/json',
      'server-timing': timings.header(),
    }
    return new Response(found && JSON.stringify(found), { status: found ? 200 : 404, headers })
  }
}

/** A substitute is not what was asked for: nobody may keep it. */
function whatResponse(rendition: Rendition, timings: Timings): Response {
  const keep = `public, max-age=${(30 * DAY) / SECOND}, immutable`
  return new Response(rendition.body, {
    headers: {
      'cache-control': rendition.substitute ? 'no-store' : keep,
      'content-type': rendition.contentType,
      'content-length': String(rendition.bytes),
      etag: `"${rendition.etag}"`,
      'server-timing': timings.header(rendition.tier),
    },
  })
}
