import { Hono, type Context as HonoContext } from 'hono'
import { type Context, type Env, loadConfig } from '../env'
import { clientKey } from '../limits'
import { canonicalRequest } from './canonical'
import { drawFallback, fallbackEtag } from './fallback/draw'
import { type AvatarRequest, parseAvatarRequest } from './request'
import { failureResponse, methodResponse, noPictureResponse, pictureResponse } from './response'

type Picture = HonoContext<{ Bindings: Env }>

/** The public pictures. No cookie is read or set here, and nothing knows who is asking. */
export const avatars = new Hono<{ Bindings: Env }>()

for (const path of ['/avatar', '/avatar/', '/avatar/:key', '/photos/:key', '/:key'])
  avatars.all(path, (c) => servePicture(c))

async function servePicture(c: Picture): Promise<Response> {
  const url = new URL(c.req.url)
  const asked = parseAvatarRequest({
    segment: c.req.param('key') ?? '',
    query: url.searchParams,
    accept: c.req.header('accept') ?? null,
    defaultStyle: loadConfig(c.env).defaultAvatar,
  })
  if (!asked) return c.notFound()
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return methodResponse(c.req.method)
  const ifNoneMatch = c.req.header('if-none-match') ?? null
  const origin = asked.key && !asked.forced ? await askOrigin(c, asked) : null
  if (!origin || origin.status === 404) {
    await origin?.body?.cancel()
    return serveFallback(asked, ifNoneMatch)
  }
  if (origin.status !== 200) return failureResponse(origin)
  return passOn(origin, asked, ifNoneMatch)
}

function askOrigin(c: Picture, asked: AvatarRequest): Promise<Response> {
  const { exports } = c.executionCtx as unknown as Context
  return exports.PhotoOrigin.fetch(canonicalRequest(asked, clientKey(c.req.raw)))
}

async function passOn(origin: Response, asked: AvatarRequest, ifNoneMatch: string | null): Promise<Response> {
  const { headers } = origin
  const fromEdge = headers.get('cf-cache-status') === 'HIT'
  const response = pictureResponse(
    {
      body: origin.body,
      bytes: Number(headers.get('content-length')),
      contentType: headers.get('content-type') ?? '',
      etag: headers.get('etag') ?? '',
      // What a stored answer says of its making is no longer true of this request.
      serverTiming: fromEdge ? 'cache;desc="edge"' : (headers.get('server-timing') ?? ''),
      vary: asked.negotiated,
      keep: headers.get('cache-control') !== 'no-store',
    },
    ifNoneMatch,
  )
  if (response.status === 304) await origin.body?.cancel()
  return response
}

/** Drawn here and not cached: drawing costs less than asking a cache. */
async function serveFallback(asked: AvatarRequest, ifNoneMatch: string | null): Promise<Response> {
  const { fallback, key, size } = asked
  if (fallback.kind === 'none') return noPictureResponse()
  const values = { style: fallback.style, seed: key, size, initials: '' }
  const etag = fallbackEtag(values)
  const picture = { contentType: 'image/png', etag, serverTiming: 'default', vary: false, keep: true }
  const unseen = pictureResponse({ ...picture, body: null, bytes: 0 }, ifNoneMatch)
  if (unseen.status === 304) return unseen
  const bytes = await drawFallback(values)
  return pictureResponse({ ...picture, body: bytes, bytes: bytes.length }, null)
}
