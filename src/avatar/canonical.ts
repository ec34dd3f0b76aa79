import type { Rating } from '../lib/ratings'
import type { AskedFormat } from '../renditions/spec'
import type { AvatarRequest } from './request'

/** Raised when the meaning of an answer of PhotoOrigin changes: it starts a new set of cache entries. */
const EDGE_VERSION = 1

/** Where the paths of all answers begin that a change can make wrong. */
export const CHANGING_PATHS = `/${EDGE_VERSION}/photos/`

/** The one header that goes along: whom to count a cold transform against. Not part of the cache key. */
export const CLIENT_HEADER = 'x-cameo-client'

/** What PhotoOrigin is asked: everything its answer depends on, and nothing else. */
export type CanonicalRequest = Pick<AvatarRequest, 'key' | 'profile' | 'size' | 'format' | 'rating'>

/**
 * The request to PhotoOrigin, made anew: this URL is the whole cache key, and no header, cookie, method or body of
 * the client's reaches the cached side, so none can poison it.
 */
export function canonicalRequest(asked: CanonicalRequest, client: string): Request {
  const { key, profile, size, format, rating } = asked
  const name = profile ? 'profile.json?r=g' : `${size}.${format}?r=${rating}`
  const url = `https://origin.internal${CHANGING_PATHS}${key}/${name}`
  return new Request(url, { headers: { [CLIENT_HEADER]: client } })
}

const CANONICAL =
  /^https:\/\/[^/]+\/\d+\/photos\/(\w+)\/(?:profile\.json|(\d+)\.(avif|webp|jpeg|png|still))\?r=(g|pg|r|x)$/

/** Reads a canonical URL; null for any other. */
export function parseCanonical(url: string): CanonicalRequest | null {
  const [, key, size, format = 'still', rating] = CANONICAL.exec(url) ?? []
  if (key === undefined) return null
  const profile = size === undefined
  return { key, profile, size: Number(size ?? 0), format: format as AskedFormat, rating: rating as Rating }
}
