import { loadConfig } from '../config'
import { type Conditions, judgeConditions, readConditions } from '../http/conditions'
import { publicOrigin } from '../http/origin'
import { digestHex } from '../lib/crypto'
import { isWithin } from '../lib/ratings'
import { isFromSmall, resolveFormat, usefulSize } from '../renditions/sizing'
import type { RenditionSpec } from '../renditions/spec'
import { type Door, type DoorRendition, openDoor } from './door'
import { drawFallback, fallbackEtag } from './fallback/draw'
import type { ShownPhoto } from './lookup'
import { recall, remember } from './memory'
import type { AvatarRequest } from './request'
import { failureResponse, noPictureResponse, pictureResponse, redirectResponse } from './response'
import { reported } from './sources'

/** What a picture is asked with. */
export interface Asking {
  request: Request
  env: Env
  ctx: ExecutionContext
}

/** Answers a request for a picture that is understood. Never throws: a failure of ours is a 503 that nobody keeps. */
export async function answerPicture(asked: AvatarRequest, asking: Asking): Promise<Response> {
  try {
    const conditions = readConditions(asking.request.headers)
    const door = openDoor(asking.request, asking.env, asking.ctx)
    if (asked.profile) return await serveProfile(asked, conditions, door, asking)
    const photo = asked.key && !asked.forced ? await door.who(asked.key) : null
    if (!photo || !isWithin(photo.rating, asked.rating)) return await serveFallback(asked, conditions, door)
    return await servePhoto(asked, photo, conditions, door)
  } catch (error) {
    return failureResponse(reported(error))
  }
}

async function servePhoto(
  asked: AvatarRequest,
  photo: ShownPhoto,
  conditions: Conditions,
  door: Door,
): Promise<Response> {
  const { photoId, userId, transparent } = photo
  const format = resolveFormat(asked.format, photo)
  const pixels = usefulSize(asked.size, photo)
  const square = { shape: 's', pixels, format } as const
  const fromSmall = isFromSmall(square, photo)
  const rendition = await findWhat(door, { photoId, userId, transparent, fromSmall, ...square })
  const { body } = rendition
  const response = pictureResponse(
    {
      body,
      bytes: rendition.bytes,
      contentType: rendition.contentType,
      etag: `"${rendition.etag}"`,
      serverTiming: door.timing(rendition.tier),
      vary: asked.negotiated,
      keep: !rendition.substitute,
    },
    conditions,
  )
  if (response.status !== 200 && body instanceof ReadableStream) await body.cancel()
  return response
}

/** What this isolate remembers, or what the door gives. */
async function findWhat(door: Door, spec: RenditionSpec): Promise<DoorRendition> {
  const known = recall(spec)
  if (known) return { ...known, tier: 'cache;desc="memory"', substitute: false }
  const rendition = await door.what(spec)
  return rendition.substitute ? rendition : remember(spec, rendition)
}

/** Drawn here and not cached: drawing costs less than asking a cache. */
async function serveFallback(asked: AvatarRequest, conditions: Conditions, door: Door): Promise<Response> {
  const { fallback, seed, size } = asked
  const serverTiming = door.timing('default')
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
async function serveProfile(
  asked: AvatarRequest,
  conditions: Conditions,
  door: Door,
  { request, env }: Asking,
): Promise<Response> {
  const profile = asked.key ? await door.profile(asked.key) : null
  if (!profile) return noPictureResponse('default')
  const { displayName, altText } = profile
  const key = asked.spelling
  const avatarUrl = `${publicOrigin(loadConfig(env), request.url)}/${key}`
  // Where clients of Gravatar's older profile look (https://docs.gravatar.com/rest/legacy/): the same once more.
  const photos = [{ value: avatarUrl, type: 'thumbnail' }]
  const entry = [{ hash: key, displayName, thumbnailUrl: avatarUrl, photos }]
  const body = new TextEncoder().encode(JSON.stringify({ key, displayName, avatarUrl, altText, entry }))
  const etag = `"${await digestHex('MD5', body)}"`
  const answer = { body, bytes: body.length, contentType: 'application/json', etag }
  return pictureResponse({ ...answer, serverTiming: 'd1', vary: false, keep: true }, conditions)
}
