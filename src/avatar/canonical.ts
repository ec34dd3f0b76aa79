import type { OutputFormat, RenditionSpec } from '../renditions/spec'
import { renditionName } from '../renditions/spec'

/** Raised when the meaning of a stored answer changes: it starts a new set of cache entries. */
const EDGE_VERSION = 2

const HOST = 'https://origin.internal'

/** Where every answer stands that a change can make wrong; those elsewhere never change. */
export const CHANGING_PATHS = `/${EDGE_VERSION}/keys/`

/** Whom to count a cold transform against. Not part of the cache key. */
export const CLIENT_HEADER = 'x-cameo-client'

/** Whose photo it is, what is in it, and what the rendition is cut from. Follows from the photo's id, and the rendition, so it is no part of the cache key. */
export const PHOTO_HEADER = 'x-cameo-photo'

/** What stands behind the cache is asked one of these. */
export type Asked =
  | { ask: 'who'; key: string }
  | { ask: 'profile'; key: string }
  | { ask: 'what'; spec: RenditionSpec }

/**
 * Who shows under a key: small, changes, tagged, purged. A new GET whose URL is the whole cache key; no header, cookie,
 * method or body of the client's reaches the cached side, so none can poison it.
 */
export function whoRequest(key: string): Request {
  return new Request(`${HOST}${CHANGING_PATHS}${key}`)
}

/** The public profile behind a key: changes and is purged with it. */
export function profileRequest(key: string): Request {
  return new Request(`${HOST}${CHANGING_PATHS}${key}/profile`)
}

/** The bytes of one rendition: large, never change, so they know no key and no rating and are never purged. */
export function whatRequest(spec: RenditionSpec, client: string): Request {
  const url = `${HOST}/${EDGE_VERSION}/renditions/${spec.photoId}/${renditionName(spec)}`
  const { userId, transparent, fromSmall } = spec
  const photo = `${userId} ${transparent ? 'transparent' : 'opaque'} ${fromSmall ? 'small' : 'master'}`
  return new Request(url, { headers: { [CLIENT_HEADER]: client, [PHOTO_HEADER]: photo } })
}

const KEY = new RegExp(`^https://[^/]+${CHANGING_PATHS}(\\w+)(/profile)?$`)
const RENDITION = /^https:\/\/[^/]+\/\d+\/renditions\/([\w-]+)\/([sw])(\d+)\.(avif|webp|jpeg|png)$/

const PHOTO = /^([\w-]+) (transparent|opaque) (small|master)$/

/** Reads a canonical request; null for any other. */
export function parseCanonical(request: Request): Asked | null {
  const [, key, profile] = KEY.exec(request.url) ?? []
  if (key !== undefined) return { ask: profile ? 'profile' : 'who', key }
  const [, photoId, shape, pixels, format] = RENDITION.exec(request.url) ?? []
  const [, userId, kind, source] = PHOTO.exec(request.headers.get(PHOTO_HEADER) ?? '') ?? []
  if (photoId === undefined || userId === undefined) return null
  return {
    ask: 'what',
    spec: {
      userId,
      photoId,
      shape: shape as 's' | 'w',
      pixels: Number(pixels),
      format: format as OutputFormat,
      transparent: kind === 'transparent',
      fromSmall: source === 'small',
    },
  }
}
