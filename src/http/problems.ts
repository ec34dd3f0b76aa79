import { currentLanguage } from '../lang/current'
import texts from '../lang/en/problems'
import { t } from '../lang/problems'
import { type Failure, logFailure, stepOf } from '../lib/failures'

/** The closed list of error codes with their HTTP statuses; src/lang/en/problems.ts has their public texts. */
export const CODES = {
  invalid_json: 400,
  invalid_input: 400,
  unauthenticated: 401,
  invalid_code: 401,
  cross_site: 403,
  session_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_uploaded: 409,
  photo_not_ready: 409,
  address_in_use: 409,
  primary_address: 409,
  idempotency_conflict: 409,
  quota_exceeded: 409,
  too_large: 413,
  unsupported_type: 415,
  not_an_image: 422,
  type_mismatch: 422,
  size_mismatch: 422,
  too_many_pixels: 422,
  damaged: 422,
  rate_limited: 429,
  storage_not_configured: 503,
  database_not_migrated: 503,
  budget_exhausted: 503,
  unavailable: 503,
} as const satisfies Record<keyof typeof texts, number>

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
    super(detail ?? texts[code], { cause: options.cause })
    this.code = code
    this.retryAfter = options.retryAfter
    this.members = options.members ?? {}
  }

  get status(): (typeof CODES)[Code] {
    return CODES[this.code]
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

/**
 * What a page says of a problem, in the language of whoever reads it. In English the words of the thrower, which may
 * say more than the code's own.
 */
export function describeProblem({ code, message }: Problem): string {
  return currentLanguage() === 'en' ? message : t()[code]
}

/**
 * The problem as an RFC 9457 response. `detail` is in the language of whoever asks where it is the code's own text; what a
 * thrower says beyond that is for whoever writes the program, in English. `type` points at the page that explains the
 * codes. Never cached.
 */
export function problemResponse(problem: Problem): Response {
  const { code, status, message, members } = problem
  const isCodesOwn = message === texts[code]
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'content-language': isCodesOwn ? currentLanguage() : 'en',
    'cache-control': 'private, no-store',
  })
  if (status === 503 || status === 429) headers.set('retry-after', String(problem.retryAfter ?? 5))
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="cameo"') // RFC 9110, section 15.5.2
  const body = {
    type: `/docs/errors#${code}`,
    title: TITLES[status],
    status,
    code,
    detail: isCodesOwn ? t()[code] : message,
    ...members,
  }
  return new Response(JSON.stringify(body), { status, headers })
}

const TITLES: Record<(typeof CODES)[Code], string> = {
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
