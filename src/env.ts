import type { PhotoOrigin } from './avatar/origin'
import { Problem } from './errors'
import type { ErasureJob } from './jobs/erase'
import type { PurgeJob } from './jobs/purge'

/** The bindings of wrangler.toml and the settings of `[vars]`, `.env` (development) and secrets (production). */
export interface Env {
  DB: D1Database
  PHOTOS: R2Bucket
  UPLOADS: R2Bucket
  IMAGES: ImagesBinding
  ERASURES: Queue<ErasureJob>
  PURGES: Queue<PurgeJob>
  EMAIL: SendEmail
  ASSETS: Fetcher
  OUTBOUND_LIMIT: RateLimit
  TRANSFORM_LIMIT: RateLimit
  CHANGE_LIMIT: RateLimit
  PUBLIC_ORIGIN?: string
  DEFAULT_AVATAR?: string
  DEFAULT_IMAGE_HOSTS?: string
  GRAVATAR_ORIGIN?: string
  LIBRAVATAR_ORIGIN?: string
  MAIL_FROM?: string
  MAX_UPLOAD_BYTES?: string
  MAX_PHOTOS?: string
  MAX_ACCOUNT_BYTES?: string
  MAX_UPLOADS_PER_HOUR?: string
  S3_ENDPOINT?: string
  S3_ACCESS_KEY_ID?: string
  S3_SECRET_ACCESS_KEY?: string
  S3_BUCKET?: string
}

/** What the worker context must offer: background work and the loopback to our own cached entrypoint. */
export interface Context {
  waitUntil(promise: Promise<unknown>): void
  exports: { PhotoOrigin: LoopbackServiceStub<PhotoOrigin> }
}

export interface S3Config {
  /** Absolute, or a path on the request's own origin (wrangler's local endpoint). */
  endpoint: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

export interface Config {
  /** Origin of absolute addresses, `https://cameo.example`; null means: the request's own, on localhost only. */
  publicOrigin: string | null
  /** Default picture style where a request names none. */
  defaultAvatar: string
  /** Hosts that `d=<URL>` may lead to; none by default. */
  defaultImageHosts: string[]
  /** Where `POST /api/photos/import` fetches a person's own picture from. */
  importOrigins: { gravatar: string; libravatar: string }
  /** From address of our mail; `cameo@` the host of publicOrigin where none is set. */
  mailFrom: string
  /** Largest upload in bytes. Limits memory: an upload is verified in one buffer. */
  maxUploadBytes: number
  /** Photos per person, pending ones included. Limits storage. */
  maxPhotos: number
  /** Bytes of originals per person. Limits storage. */
  maxAccountBytes: number
  /** Prepared uploads per person and hour. Limits billed image transforms. */
  maxUploadsPerHour: number
  /** null when the credentials are not set: uploads then answer 503 `storage_not_configured`. */
  s3: S3Config | null
}

const MIB = 1024 * 1024
const parsed = new WeakMap<Env, Config>()

/** Every setting, parsed once per isolate. A value out of bounds falls back to the nearest bound, a non-number to the default. */
export function loadConfig(env: Env): Config {
  let config = parsed.get(env)
  if (!config) {
    config = parseConfig(env)
    parsed.set(env, config)
  }
  return config
}

function parseConfig(env: Env): Config {
  const publicOrigin = parseOrigin(env.PUBLIC_ORIGIN)
  return {
    publicOrigin,
    defaultAvatar: env.DEFAULT_AVATAR || 'mp',
    defaultImageHosts: (env.DEFAULT_IMAGE_HOSTS ?? '')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
    importOrigins: {
      gravatar: env.GRAVATAR_ORIGIN || 'https://gravatar.com',
      libravatar: env.LIBRAVATAR_ORIGIN || 'https://seccdn.libravatar.org',
    },
    mailFrom: env.MAIL_FROM || `cameo@${publicOrigin ? new URL(publicOrigin).hostname : 'localhost'}`,
    maxUploadBytes: parseNumber(env.MAX_UPLOAD_BYTES, { fallback: 10 * MIB, min: 1024, max: 20 * MIB }),
    maxPhotos: parseNumber(env.MAX_PHOTOS, { fallback: 1000, min: 1, max: 100_000 }),
    maxAccountBytes: parseNumber(env.MAX_ACCOUNT_BYTES, {
      fallback: 1024 * MIB,
      min: MIB,
      max: 1024 * 1024 * MIB,
    }),
    maxUploadsPerHour: parseNumber(env.MAX_UPLOADS_PER_HOUR, { fallback: 100, min: 1, max: 10_000 }),
    s3: parseS3(env),
  }
}

function parseOrigin(value: string | undefined): string | null {
  if (!value) return null
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error(`PUBLIC_ORIGIN is not an http address: ${value}`)
  return url.origin
}

function parseNumber(
  value: string | undefined,
  bounds: { fallback: number; min: number; max: number },
): number {
  const number = value ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number)) return bounds.fallback
  return Math.min(bounds.max, Math.max(bounds.min, number))
}

function parseS3(env: Env): S3Config | null {
  if (!env.S3_ENDPOINT || !env.S3_ACCESS_KEY_ID || !env.S3_SECRET_ACCESS_KEY) return null
  return {
    endpoint: env.S3_ENDPOINT,
    bucket: env.S3_BUCKET || 'cameo-uploads',
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
  }
}

/** Whether a request came to this machine itself: development. Its addresses then follow the request. */
export function isLocal(url: URL): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
}

/**
 * The origin of absolute addresses. Never taken from a request header: on localhost from the request's URL,
 * elsewhere from PUBLIC_ORIGIN, without which there is none.
 * @throws Problem `unavailable` where PUBLIC_ORIGIN is missing in production
 */
export function publicOrigin(config: Config, requestUrl: string): string {
  const url = new URL(requestUrl)
  if (isLocal(url)) return url.origin
  if (config.publicOrigin) return config.publicOrigin
  throw new Problem('unavailable', 'This server does not know its own address. Set PUBLIC_ORIGIN.')
}
