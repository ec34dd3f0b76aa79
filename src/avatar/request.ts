import type { Config } from '../config'
import { RATINGS, type Rating } from '../lib/ratings'
import { AVIF_MAX_SIZE, chooseFormat } from '../renditions/formats'
import { DEFAULT_SIZE, MAX_SIZE, stepFor } from '../renditions/sizes'
import type { AskedFormat, OutputFormat } from '../renditions/spec'
import { FALLBACK_STYLES, type FallbackStyle, initialsOf } from './fallback/draw'

/** What to show where there is no picture. */
export type Fallback =
  | { kind: 'none' }
  | { kind: 'style'; style: FallbackStyle; initials: string }
  | { kind: 'redirect'; url: string }

/** What of the settings decides how a request is read. */
export type AvatarSettings = Pick<Config, 'defaultAvatar' | 'defaultImageHosts'>

/** A request for a picture, parsed once: nothing below reads a query string or a header of the client's. */
export interface AvatarRequest {
  /** 64 or 32 lower-case hex, 22 base62 characters, or '' for none given. */
  key: string
  /** The person's public profile is asked for instead of the picture. */
  profile: boolean
  /** A step of the ladder, pixels. */
  size: number
  format: AskedFormat
  /** The format came from `Accept`: the answer must say so in `Vary`. */
  negotiated: boolean
  rating: Rating
  fallback: Fallback
  /** Show the default picture whatever there is. */
  forced: boolean
}

const EXTENSIONS: Record<string, OutputFormat> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'png', // an animated answer is never given, and PNG is the smaller still
}

/**
 * Parses a request for a picture; null where the key is of the wrong form. Never throws: whatever a parameter
 * says that makes no sense counts as not given (https://docs.gravatar.com/sdk/images/).
 * @param values.segment the last part of the path: key and optional extension
 */
export function parseAvatarRequest(values: {
  segment: string
  query: URLSearchParams
  accept: string | null
  settings: AvatarSettings
}): AvatarRequest | null {
  const { segment, query, accept, settings } = values
  const [, stem = '', extension] = /^(.*?)(?:\.(jpe?g|png|webp|avif|gif|json))?$/is.exec(segment) ?? []
  const key = parseKey(stem)
  if (key === null) return null
  const size = parseSize(pick(query, 'size', 's'))
  const fixed = extension && EXTENSIONS[extension.toLowerCase()]
  const format = fixed || chooseFormat(accept, size)
  return {
    key,
    profile: extension?.toLowerCase() === 'json',
    size: format === 'avif' ? Math.min(size, AVIF_MAX_SIZE) : size,
    format,
    negotiated: !fixed,
    rating: parseRating(pick(query, 'rating', 'r')),
    fallback: parseFallback(query, settings),
    forced: pick(query, 'forcedefault', 'f')?.toLowerCase() === 'y',
  }
}

/** The first of each spelling that is given and not empty, the long name before the short. */
function pick(query: URLSearchParams, long: string, short: string): string | null {
  return query.get(long) || query.get(short) || null
}

function parseKey(stem: string): string | null {
  if (stem.length === 64 || stem.length === 32) return /^[0-9a-f]+$/i.test(stem) ? stem.toLowerCase() : null
  return stem === '' || /^[0-9A-Za-z]{22}$/.test(stem) ? stem : null
}

function parseSize(value: string | null): number {
  if (!value || !/^[0-9]+$/.test(value)) return DEFAULT_SIZE
  const size = Number(value)
  return size === 0 ? DEFAULT_SIZE : stepFor(Math.min(size, MAX_SIZE))
}

function parseRating(value: string | null): Rating {
  const rating = value?.toLowerCase()
  return RATINGS.find((known) => known === rating) ?? 'g'
}

function parseFallback(query: URLSearchParams, settings: AvatarSettings): Fallback {
  const value = pick(query, 'default', 'd') ?? ''
  const name = value.toLowerCase()
  if (name === '404') return { kind: 'none' }
  const url = name.startsWith('https:') ? allowedImage(value, settings.defaultImageHosts) : null
  if (url) return { kind: 'redirect', url }
  const style = styleNamed(name) ?? styleNamed(settings.defaultAvatar) ?? 'mp'
  const letters = { initials: query.get('initials') ?? undefined, name: query.get('name') ?? undefined }
  return { kind: 'style', style, initials: style === 'initials' ? initialsOf(letters) : '' }
}

/** A URL of somebody's own default picture, if the operator trusts its host: we are never an open redirect. */
function allowedImage(value: string, hosts: string[]): string | null {
  if (!URL.canParse(value)) return null
  const url = new URL(value)
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === ''
  return plain && hosts.includes(url.hostname) ? url.href : null
}

/** `mm` (mystery man) is the older name of `mp` (mystery person). */
function styleNamed(name: string): FallbackStyle | undefined {
  return name === 'mm' ? 'mp' : FALLBACK_STYLES.find((style) => style === name)
}
