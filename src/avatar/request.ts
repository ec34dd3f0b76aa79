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
  /** 64 or 32 lower-case hex, 22 base62 characters, or '' for none given and for one of another form. */
  key: string
  /** The key as it was written, without its extension. */
  spelling: string
  /** What a default picture is drawn from: the key, or whatever stands in its place. */
  seed: string
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

/** Characters of an unknown key that a picture is drawn from: enough to tell any two apart, and no work to hash. */
const MAX_SEED = 200

/** Documented is `y`; Stack Exchange and old lists of WordPress write `1`, and the others can mean nothing else. */
const YES = new Set(['y', 'yes', '1', 'true'])

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
 * @param values.segment key and optional extension
 * @param values.open a key of any form, or none, is somebody unknown
 */
export function parseAvatarRequest(values: {
  segment: string
  open: boolean
  query: URLSearchParams
  accept: string | null
  settings: AvatarSettings
}): AvatarRequest | null {
  const { segment, open, query, accept, settings } = values
  const [, spelling = '', extension] = /^(.*?)(?:\.(jpe?g|png|webp|avif|gif|json))?$/is.exec(segment) ?? []
  const key = parseKey(spelling)
  if (key === '' && !open) return null
  const size = parseSize(pick(query, 'size', 's'))
  const fixed = extension && EXTENSIONS[extension.toLowerCase()]
  const format = fixed || chooseFormat(accept, size)
  return {
    key,
    spelling,
    seed: key || spelling.slice(0, MAX_SEED),
    profile: extension?.toLowerCase() === 'json',
    size: format === 'avif' ? Math.min(size, AVIF_MAX_SIZE) : size,
    format,
    negotiated: !fixed,
    rating: parseRating(pick(query, 'rating', 'r')),
    fallback: parseFallback(query, settings),
    forced: YES.has(pick(query, 'forcedefault', 'f')?.toLowerCase() ?? ''),
  }
}

/** The first of each spelling that is given and not empty, the long name before the short. */
function pick(query: URLSearchParams, long: string, short: string): string | null {
  return query.get(long) || query.get(short) || null
}

/** The key by which somebody can be found; '' for what is none. */
function parseKey(stem: string): string {
  if (stem.length === 64 || stem.length === 32) return /^[0-9a-f]+$/i.test(stem) ? stem.toLowerCase() : ''
  return /^[0-9A-Za-z]{22}$/.test(stem) ? stem : ''
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
