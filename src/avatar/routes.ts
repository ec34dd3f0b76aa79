import { Hono, type Context as HonoContext } from 'hono'
import { loadConfig } from '../config'
import { type Conditions, judgeConditions, readConditions } from '../http/conditions'
import { withHeaders } from '../http/headers'
import { clientKey } from '../http/limits'
import { publicOrigin } from '../http/origin'
import { logProblem, problemResponse, toProblem } from '../http/problems'
import { digestHex } from '../lib/crypto'
import { canonicalRequest } from './canonical'
import { drawFallback, fallbackEtag } from './fallback/draw'
import type { Profile } from './lookup'
import { parsePicturePath } from './path'
import { type AvatarRequest, parseAvatarRequest } from './request'
import {
  failureResponse,
  methodResponse,
  noPictureResponse,
  OUTWARD,
  pictureResponse,
  preflightResponse,
  redirectResponse,
} from './response'

type Picture = HonoContext<{ Bindings: Env }>

/** The public pictures. No cookie is read or set here, and nothing knows who is asking. */
export const avatars = new Hono<{ Bindings: Env }>().all('*', async (c) => {
  try {
    return await servePicture(c)
  } catch (error) {
    const problem = toProblem(error)
    logProblem(problem, { what: 'picture' })
    return failureResponse(problemResponse(problem))
  }
})

async function servePicture(c: Picture): Promise<Response> {
  const { path: rawPath, query } = splitUrl(c.req.url)
  const path = parsePicturePath(rawPath, query)
  const accept = c.req.header('accept') ?? null
  const asked = path && parseAvatarRequest({ ...path, query, accept, settings: loadConfig(c.env) })
  // For a wrong key too: or no page could read that it is one.
  if (path && c.req.method === 'OPTIONS')
    return preflightResponse(c.req.header('access-control-request-headers') ?? null)
  if (!asked) return nothingHere(c, path !== null)
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return methodResponse()
  const conditions = readConditions(c.req.raw.headers)
  if (asked.profile) return serveProfile(c, asked, conditions)
  const origin = asked.key && !asked.forced ? await askOrigin(c, asked) : null
  if (!origin || origin.status === 404) return serveFallback(asked, conditions, origin)
  if (origin.status !== 200) return failureResponse(origin)
  return passOn(origin, asked, conditions)
}

/** Path and query as they came: parsing the whole URL again would cost more, on the way that every picture takes. */
function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const mark = url.indexOf('?', start)
  const path = url.slice(start, mark < 0 ? undefined : mark)
  // `&amp;`: escaped for a page once more than it was read, which old templates do.
  return { path, query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1).replaceAll('&amp;', '&')) }
}

/** A page of another site may read that a key is wrong, but not our own page that says so: that knows who is asking. */
async function nothingHere(c: Picture, isPicture: boolean): Promise<Response> {
  const answer = await c.notFound()
  const isJson = answer.headers.get('content-type') === 'application/problem+json'
  return isPicture && isJson ? withHeaders(answer, OUTWARD) : answer
}

function askOrigin(c: Picture, asked: AvatarRequest): Promise<Response> {
  const { exports } = c.executionCtx as ExecutionContext
  return exports.PhotoOrigin.fetch(canonicalRequest(asked, clientKey(c.req.raw)))
}

async function passOn(origin: Response, asked: AvatarRequest, conditions: Conditions): Promise<Response> {
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
    conditions,
  )
  if (response.status !== 200) await origin.body?.cancel()
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
  conditions: Conditions,
  origin: Response | null,
): Promise<Response> {
  const { fallback, seed, size } = asked
  const serverTiming = ['default', timingOf(origin)].filter(Boolean).join(', ')
  if (fallback.kind === 'none') return noPictureResponse(serverTiming)
  if (fallback.kind === 'redirect') return redirectResponse(fallback.url, serverTiming)
  const values = { style: fallback.style, seed, size, initials: fallback.initials }
  const etag = fallbackEtag(values)
  const picture = { contentType: 'image/png', etag, serverTiming, vary: false, keep: true }
  if (judgeConditions(conditions, etag) !== 200)
    return pictureResponse({ ...picture, body: null, bytes: 0 }, conditions)
  const start = performance.now()
  const bytes = await drawFallback(values)
  const drawing = `draw;dur=${(performance.now() - start).toFixed(1)}`
  return pictureResponse(
    { ...picture, serverTiming: `${serverTiming}, ${drawing}`, body: bytes, bytes: bytes.length },
    conditions,
  )
}

/** `/{key}.json`: as public as the picture, and only while there is one. Says the key as asked and no other. */
async function serveProfile(c: Picture, asked: AvatarRequest, conditions: Conditions): Promise<Response> {
  const origin = asked.key ? await askOrigin(c, asked) : null
  if (!origin || origin.status === 404) return noPictureResponse('default')
  if (origin.status !== 200) return failureResponse(origin)
  const { displayName, altText } = await origin.json<Profile>()
  const key = asked.spelling
  const avatarUrl = `${publicOrigin(loadConfig(c.env), c.req.url)}/${key}`
  // Where clients of Gravatar's older profile look: the same once more.
  const photos = [{ value: avatarUrl, type: 'thumbnail' }]
  const entry = [{ hash: key, displayName, thumbnailUrl: avatarUrl, photos }]
  const body = new TextEncoder().encode(JSON.stringify({ key, displayName, avatarUrl, altText, entry }))
  const etag = `"${await digestHex('MD5', body)}"`
  const profile = { body, bytes: body.length, contentType: 'application/json', etag }
  return pictureResponse({ ...profile, serverTiming: 'd1', vary: false, keep: true }, conditions)
}
