import { Hono, type Context as HonoContext } from 'hono'
import { loadConfig } from '../config'
import { clientKey } from '../http/limits'
import { publicOrigin } from '../http/origin'
import { digestHex } from '../lib/crypto'
import { canonicalRequest } from './canonical'
import { drawFallback, fallbackEtag } from './fallback/draw'
import type { Profile } from './lookup'
import { type AvatarRequest, parseAvatarRequest } from './request'
import {
  failureResponse,
  matchesEtag,
  methodResponse,
  noPictureResponse,
  pictureResponse,
  redirectResponse,
} from './response'

type Picture = HonoContext<{ Bindings: Env }>

/** The public pictures. No cookie is read or set here, and nothing knows who is asking. */
export const avatars = new Hono<{ Bindings: Env }>()

for (const path of ['/avatar', '/avatar/', '/avatar/:key', '/photos/:key', '/:key'])
  avatars.all(path, (c) => servePicture(c))

async function servePicture(c: Picture): Promise<Response> {
  const asked = parseAvatarRequest({
    segment: c.req.param('key') ?? '',
    query: queryOf(c.req.url),
    accept: c.req.header('accept') ?? null,
    settings: loadConfig(c.env),
  })
  if (!asked || (asked.key === '' && !c.req.path.startsWith('/avatar'))) return c.notFound()
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return methodResponse(c.req.method)
  const ifNoneMatch = c.req.header('if-none-match') ?? null
  if (asked.profile) return serveProfile(c, asked, ifNoneMatch)
  const origin = asked.key && !asked.forced ? await askOrigin(c, asked) : null
  if (!origin || origin.status === 404) return serveFallback(asked, ifNoneMatch, origin)
  if (origin.status !== 200) return failureResponse(origin)
  return passOn(origin, asked, ifNoneMatch)
}

/** The query alone: parsing the whole URL again would cost more, on the path that every picture takes. */
function queryOf(url: string): URLSearchParams {
  const mark = url.indexOf('?')
  return new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))
}

function askOrigin(c: Picture, asked: AvatarRequest): Promise<Response> {
  const { exports } = c.executionCtx as ExecutionContext
  return exports.PhotoOrigin.fetch(canonicalRequest(asked, clientKey(c.req.raw)))
}

async function passOn(origin: Response, asked: AvatarRequest, ifNoneMatch: string | null): Promise<Response> {
  const { headers } = origin
  const response = pictureResponse(
    {
      body: origin.body,
      bytes: Number(headers.get('content-length')),
      contentType: headers.get('content-type') ?? '',
      etag: headers.get('etag') ?? '',
      serverTiming: timingOf(origin) || 'cache;desc="edge"',
      vary: asked.negotiated,
      keep: headers.get('cache-control') !== 'no-store',
    },
    ifNoneMatch,
  )
  if (response.status === 304) await origin.body?.cancel()
  return response
}

/** How long the origin's steps took; empty where Workers Cache answered: its answer was made for somebody else. */
function timingOf(origin: Response | null): string {
  const isStored = origin?.headers.has('age') || origin?.headers.get('cf-cache-status') === 'HIT'
  return isStored ? '' : (origin?.headers.get('server-timing') ?? '')
}

/** Drawn here and not cached: drawing costs less than asking a cache. */
async function serveFallback(
  asked: AvatarRequest,
  ifNoneMatch: string | null,
  origin: Response | null,
): Promise<Response> {
  const { fallback, key, size } = asked
  const serverTiming = ['default', timingOf(origin)].filter(Boolean).join(', ')
  if (fallback.kind === 'none') return noPictureResponse(serverTiming)
  if (fallback.kind === 'redirect') return redirectResponse(fallback.url, serverTiming)
  const values = { style: fallback.style, seed: key, size, initials: fallback.initials }
  const etag = fallbackEtag(values)
  const picture = { contentType: 'image/png', etag, serverTiming, vary: false, keep: true }
  if (ifNoneMatch !== null && matchesEtag(ifNoneMatch, etag)) {
    return pictureResponse({ ...picture, body: null, bytes: 0 }, ifNoneMatch)
  }
  const start = performance.now()
  const bytes = await drawFallback(values)
  const drawing = `draw;dur=${(performance.now() - start).toFixed(1)}`
  return pictureResponse(
    { ...picture, serverTiming: `${serverTiming}, ${drawing}`, body: bytes, bytes: bytes.length },
    null,
  )
}

/** `/{key}.json`: as public as the picture, and only while there is one. Says the key as asked and no other. */
async function serveProfile(c: Picture, asked: AvatarRequest, ifNoneMatch: string | null): Promise<Response> {
  const origin = asked.key ? await askOrigin(c, asked) : null
  if (!origin || origin.status === 404) return noPictureResponse('default')
  if (origin.status !== 200) return failureResponse(origin)
  const { displayName, altText } = await origin.json<Profile>()
  const key = c.req.param('key')?.replace(/\.json$/i, '')
  const avatarUrl = `${publicOrigin(loadConfig(c.env), c.req.url)}/${key}`
  const body = new TextEncoder().encode(JSON.stringify({ key, displayName, avatarUrl, altText }))
  const etag = `"${await digestHex('MD5', body)}"`
  const profile = { body, bytes: body.length, contentType: 'application/json', etag }
  return pictureResponse({ ...profile, serverTiming: 'd1', vary: false, keep: true }, ifNoneMatch)
}
