import { type Failure, logFailure, stepOf } from '../lib/failures'

/** The closed list of error codes: HTTP status and the public text used where the thrower gives no detail. */
export const CODES = {
  invalid_json: [400, 'The body is not valid JSON.'],
  invalid_input: [400, 'The input is not valid.'],
  unauthenticated: [401, 'Sign in first.'],
  invalid_code: [401, 'This code is wrong, used or expired. Ask for a new one.'],
  cross_site: [403, 'This request came from another site.'],
  session_required: [403, 'An API token cannot do this. Sign in with a browser.'],
  not_found: [404, 'There is nothing here.'],
  method_not_allowed: [405, 'This path does not take that method.'],
  not_uploaded: [409, 'The file has not been uploaded yet.'],
  photo_not_ready: [409, 'The upload of this photo is not complete.'],
  address_in_use: [
    409,
    'This address has an account of its own. Sign in with it, or delete that account first.',
  ],
  primary_address: [409, 'This is your primary address. Make another one primary first.'],
  idempotency_conflict: [409, 'This Idempotency-Key was used for another message.'],
  quota_exceeded: [409, 'Your account is full. Delete photos to make room.'],
  too_large: [413, 'This is too large.'],
  unsupported_type: [415, 'This type is not supported.'],
  not_an_image: [422, 'This file is not a JPEG, PNG, WebP, GIF or AVIF picture.'],
  type_mismatch: [422, 'The file is of another type than was announced.'],
  size_mismatch: [422, 'The file is of another size than was announced.'],
  too_many_pixels: [422, 'The picture has too many pixels.'],
  damaged: [422, 'The picture is damaged and cannot be read to its end.'],
  rate_limited: [429, 'Too many requests. Try again later.'],
  storage_not_configured: [503, 'Uploads are not configured on this server.'],
  database_not_migrated: [503, 'The database has no schema yet, or an older one than this version needs.'],
  budget_exhausted: [503, 'This service has used up what it may spend in a day. Try again after 00:00 UTC.'],
  unavailable: [503, 'Something on our side failed. Try again in a moment.'],
} as const satisfies Record<string, readonly [number, string]>

export type Code = keyof typeof CODES

/** The one error type: what the caller did wrong, or what failed on our side, by its code. */
export class Problem extends Error {
  readonly code: Code
  /** Seconds for `Retry-After`. */
  readonly retryAfter: number | undefined
  /** Members of the answer's body beside the standard ones (RFC 9457, section 3.2). */
  readonly members: Record<string, number>

  /** Its line is in the log, or it is to have none. */
  logged = false

  /** @param detail public text; the code's own where missing. Reasons that are ours alone go into `cause`. */
  constructor(
    code: Code,
    detail?: string,
    options: { retryAfter?: number; members?: Record<string, number>; cause?: unknown } = {},
  ) {
    super(detail ?? CODES[code][1], { cause: options.cause })
    this.code = code
    this.retryAfter = options.retryAfter
    this.members = options.members ?? {}
  }

  get status(): (typeof CODES)[Code][0] {
    return CODES[this.code][0]
  }
}

/** What the operator does about `database_not_migrated`. */
export const MIGRATE =
  'The database has no schema yet, or an older one than this version needs. Run `npx wrangler d1 migrations apply DB --local` (or `--remote` in production).'

/**
 * Turns whatever was thrown into a Problem: a missing schema is recognised by SQLite's message,
 * anything unknown becomes `unavailable`, its reason kept as `cause` for the log.
 */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (/no such (table|column)/.test(error.message)) {
      return new Problem('database_not_migrated', MIGRATE, { cause: thrown })
    }
  }
  return new Problem('unavailable', undefined, { retryAfter: 5, cause: thrown })
}

/**
 * Logs what failed on our side, status 503, once; anything else is the caller's own. What is written is the reason, not the
 * text that the caller is told.
 */
export function logProblem(problem: Problem, { what, route }: Pick<Failure, 'what' | 'route'>): void {
  if (problem.status !== 503 || problem.logged) return
  problem.logged = true
  const step = problem.code === 'storage_not_configured' ? 's3' : stepOf(problem)
  logFailure({ what, route, step, cause: problem.cause ?? problem })
}

/** The problem as an RFC 9457 response. `type` points at the page that explains the codes. Never cached. */
export function problemResponse(problem: Problem): Response {
  const { code, status, message, members } = problem
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'private, no-store',
  })
  if (status === 503 || status === 429) headers.set('retry-after', String(problem.retryAfter ?? 5))
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="cameo"') // RFC 9110, section 15.5.2
  const body = {
    type: `/docs/errors#${code}`,
    title: TITLES[status],
    status,
    code,
    detail: message,
    ...members,
  }
  return new Response(JSON.stringify(body), { status, headers })
}

const TITLES: Record<(typeof CODES)[Code][0], string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}
