/** One setting of the operator's: an environment variable, and what is made of it. */
export interface Setting<T> {
  /** What stands in the table of README where nothing is set. */
  shown: string
  /** One sentence for the operator: what it does, and which cost or attack it bounds. */
  meaning: string
  /** Stored by `wrangler secret put`, never under `[vars]`. */
  secret?: true
  /** @param text '' where it is not set */
  read(text: string): T
}

const MIB = 1024 * 1024

/** Bounds of what is counted by the day. */
const DAILY = { min: 0, max: 1_000_000_000 }

/** Every setting. The variable of `maxPhotos` is `MAX_PHOTOS`; README's table is made from this list. */
export const SETTINGS = {
  publicOrigin: {
    shown: "the request's own, on localhost only",
    meaning: 'origin of absolute URLs, `https://cameo.example`',
    read: readOrigin,
  },
  defaultAvatar: text('mp', 'style of the default picture where a request names none'),
  defaultImageHosts: {
    shown: 'none',
    meaning: 'hosts that `d=<URL>` may lead to, comma-separated',
    read: (value) =>
      value
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
  },
  mailFrom: { shown: '`cameo@` the host of `PUBLIC_ORIGIN`', meaning: 'sender of our mail', read: String },
  maxUploadBytes: number(10 * MIB, { min: 1024, max: 20 * MIB }, 'bytes of the largest upload'),
  maxPhotos: number(1000, { min: 1, max: 100_000 }, 'photos per person, pending ones included and crops not'),
  maxAccountBytes: number(1024 * MIB, { min: MIB, max: 1024 * 1024 * MIB }, 'bytes of originals per person'),
  maxUploadsPerHour: number(1000, { min: 1, max: 10_000 }, 'prepared uploads per person and hour'),
  budgetTransforms: number(20_000, DAILY, 'pictures that Images makes a day, billed one by one; 0: no limit'),
  budgetMails: number(
    2000,
    DAILY,
    'mails a day, billed one by one, a fifth of them for browsers that have signed in before; 0: no limit',
  ),
  budgetAccounts: number(1000, DAILY, 'new accounts a day; 0: no limit'),
  budgetMessages: number(200_000, DAILY, 'messages that people send in a day; 0: no limit'),
  clientTransforms: number(
    5000,
    DAILY,
    'of those pictures, for one client (an IPv4, a /64; a /48 four times); 0: no limit',
  ),
  accountTransforms: number(
    5000,
    DAILY,
    'of those pictures, for the photos of one account, whoever asks for them; 0: no limit',
  ),
  clientMails: number(100, DAILY, 'of those mails, for one client; 0: no limit'),
  clientAccounts: number(20, DAILY, 'of those accounts, for one client; 0: no limit'),
  edgeSeconds: number(
    300,
    { min: 10, max: 100_000 },
    'seconds that Cloudflare keeps a picture whose purge was lost; less costs more requests to the Worker and D1',
  ),
  gravatarOrigin: text('https://gravatar.com', 'where "Import my picture" asks Gravatar'),
  libravatarOrigin: text('https://seccdn.libravatar.org', 'where "Import my picture" asks Libravatar'),
  s3Endpoint: optional('S3 endpoint of R2; without it uploads answer 503'),
  s3AccessKeyId: secret('key id of an R2 API token for the bucket of the uploads'),
  s3SecretAccessKey: secret('its secret'),
  s3Bucket: text('cameo-uploads', 'bucket of the uploads'),
} satisfies Record<string, Setting<unknown>>

export type Config = { [Name in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Name]['read']> }

/** `maxPhotos` → `MAX_PHOTOS`. */
export function variableOf(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase()
}

const parsed = new WeakMap<object, Config>()

/**
 * Every setting, parsed once per isolate. A number out of bounds counts as the nearest bound, what is no number as
 * not set.
 * @throws Error for a `PUBLIC_ORIGIN` that is no http URL
 */
export function loadConfig(env: Env): Config {
  let config = parsed.get(env)
  if (!config) {
    const variables = env as unknown as Record<string, string | undefined>
    const entries = Object.entries(SETTINGS).map(([name, setting]) => [
      name,
      setting.read(variables[variableOf(name)] ?? ''),
    ])
    config = Object.fromEntries(entries) as Config
    parsed.set(env, config)
  }
  return config
}

function text(fallback: string, meaning: string): Setting<string> {
  return { shown: `\`${fallback}\``, meaning, read: (value) => value || fallback }
}

function optional(meaning: string): Setting<string> {
  return { shown: 'none', meaning, read: String }
}

function secret(meaning: string): Setting<string> {
  return { ...optional(meaning), secret: true }
}

function number(
  fallback: number,
  { min, max }: { min: number; max: number },
  meaning: string,
): Setting<number> {
  return {
    shown: String(fallback),
    meaning,
    read(value) {
      const number = value ? Number(value) : Number.NaN
      return Number.isSafeInteger(number) ? Math.min(max, Math.max(min, number)) : fallback
    },
  }
}

function readOrigin(value: string): string | null {
  if (!value) return null
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`PUBLIC_ORIGIN is not an http URL: ${value}`)
  return url.origin
}
