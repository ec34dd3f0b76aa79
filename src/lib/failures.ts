/** One failure of ours, for the log. */
export interface Failure {
  /** What was to be done: `request`, `picture`, `purge`… docs/operate.md says what to do about each. */
  what: string
  /** The pattern of the route that was asked, nothing filled in. */
  route?: string
  /** The part that refused; where missing, the one that was noted of the cause. */
  step?: string
  cause: unknown
}

/** Which part refused, by what it threw. */
const steps = new WeakMap<object, string>()

/**
 * Writes one line of JSON to the log. Logs are read by more people, and kept longer, than the database, so no e-mail,
 * token, key, hash, cookie, query or URL gets in: of a failed query the statement and the driver's message, of
 * anything else its name and message with what could be one of those taken out.
 */
export function logFailure({ what, route, step, cause }: Failure): void {
  const line = { event: 'failure', what, route, step: step ?? stepOf(cause), cause: describe(cause) }
  console.error(JSON.stringify({ ...line, at: placeOf(cause) })) // what is undefined is left out
}

/** Notes which part threw an error; the first to say so, the nearest, is right. */
export function noteStep(thrown: unknown, step: string): void {
  if (typeof thrown === 'object' && thrown !== null && !steps.has(thrown)) steps.set(thrown, step)
}

/** Waits for a step, and notes that it was this one if it fails. */
export async function during<T>(step: string, work: PromiseLike<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    noteStep(error, step)
    throw error
  }
}

/** What stands behind a watched object, so that it can be handed back to the platform. */
const behind = new WeakMap<object, object>()

/** The same binding; what any of its calls throws is noted as this step, those of what it builds (statements) too. */
export function watch<T extends object>(binding: T, step: string): T {
  const call = (method: Callable, args: unknown[]) => {
    try {
      // Not `method.apply`: of a binding that is a service, that would be a call of its method `apply`.
      const result = Reflect.apply(method, binding, args.map(unwrap))
      if (isPromise(result)) return during(step, result)
      return typeof result === 'object' && result !== null ? watch(result, step) : result
    } catch (error) {
      noteStep(error, step)
      throw error
    }
  }
  const watched = new Proxy(binding, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (...args: unknown[]) => call(value as Callable, args) : value
    },
  })
  behind.set(watched, binding)
  return watched
}

type Callable = (...args: unknown[]) => unknown

function isPromise(value: unknown): value is Promise<unknown> {
  return value != null && typeof (value as { then?: unknown }).then === 'function'
}

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap)
  return (typeof value === 'object' && value !== null && behind.get(value)) || value
}

/** The error, then what caused it, and so on: an AggregateError has several. A circle ends at the depth. */
function chainOf(thrown: unknown, depth = 5): unknown[] {
  if (!(thrown instanceof Error) || depth === 0) return [thrown]
  const causes = thrown instanceof AggregateError ? thrown.errors : [thrown.cause]
  const known = causes.filter((cause) => cause !== undefined).slice(0, 5)
  return [thrown, ...known.flatMap((cause) => chainOf(cause, depth - 1))]
}

/** The part that refused: what was noted nearest to the outside, or what the error itself tells. */
export function stepOf(thrown: unknown): string {
  const chain = chainOf(thrown)
  for (const error of chain) {
    const step = typeof error === 'object' && error !== null && steps.get(error)
    if (step) return step
  }
  return chain.some(isQueryError) ? 'd1' : 'code'
}

/** Drizzle's own error, whose message holds every parameter: e-mails, and the hashes of tokens. */
function isQueryError(thrown: unknown): thrown is Error & { query: string } {
  return (
    thrown instanceof Error && 'query' in thrown && typeof thrown.query === 'string' && 'params' in thrown
  )
}

function describe(thrown: unknown): string {
  return chainOf(thrown).map(headline).join('; caused by ').slice(0, 1500)
}

function headline(thrown: unknown): string {
  if (typeof thrown === 'string') return clean(thrown)
  if (!(thrown instanceof Error)) return `something thrown that is no error (${typeof thrown})`
  if (isQueryError(thrown)) return `failed query: ${clean(thrown.query)}`
  const name = thrown.name === 'Error' ? '' : thrown.name
  const code = 'code' in thrown && /^\w{1,40}$/.test(String(thrown.code)) ? `(${thrown.code})` : ''
  const message = thrown instanceof SyntaxError ? '' : clean(thrown.message) // a SyntaxError quotes what was read
  return [name, code, message].filter(Boolean).join(' ') || 'Error'
}

/** The first frame of the innermost error, without folders. */
function placeOf(thrown: unknown): string | undefined {
  const inner = chainOf(thrown).findLast((each): each is Error => each instanceof Error && !!each.stack)
  const [, name = '', file = ''] =
    /^\s+at (?:(?:async )?([\w.<>[\] ]{1,80}) \()?[^\n]*?([\w.-]+:\d+:\d+)\)?$/m.exec(inner?.stack ?? '') ??
    []
  return file ? clean([name, file].filter(Boolean).join(' ')) : undefined
}

/** What must not be in a log, and what stands there instead. In this order: a URL may hold all the others. */
const SECRETS: [pattern: RegExp, instead: string][] = [
  [/\bparams:[\s\S]*$/i, '[params]'],
  [/\bvalue ['"][\s\S]*$/i, '[value]'], // D1_TYPE_ERROR quotes the parameter
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, '[url]'],
  [/[^\s"'<>(),;:=/]+(?:@|%40)[^\s"'<>(),;/]+/gi, '[e-mail]'],
  [/[?&][\w.[\]%-]+=[^\s"'&]*/g, '[query]'],
  [/\bBearer\s+\S+/gi, '[token]'],
  [/(?:__Host-)?\b(?:session|sign-in|known|link-[\w-]+)=[^\s;,"']+/gi, '[cookie]'],
  [/\b\d{4}[ -]?\d{4}\b/g, '[code]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]*/gi, '[ip]'],
  [/(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::[0-9a-f:]*(?![\w:])/gi, '[ip]'], // zeros left out
]

/** Words joined as programs join them: `IMAGES_TRANSFORM_ERROR`, `sign_in_codes`, `findOrCreateUser`. */
const IDENTIFIER = /^(?:[A-Z]+(?:[_-][A-Z]+)*|[a-z]+(?:[_-][a-z]+)*|[A-Za-z]?[a-z]{2,}(?:[A-Z][a-z]{2,})*)$/

function clean(text: string): string {
  let result = text.slice(0, 4000)
  for (const [pattern, instead] of SECRETS) result = result.replace(pattern, instead)
  // Hashes, public keys, tokens, ids: long, and no words. A public key (22 characters) may be letters alone.
  const isSecret = (run: string) => /^[0-9A-Za-z]{22}$/.test(run) || !IDENTIFIER.test(run)
  result = result.replace(/[\w-]{16,}/g, (run) => (isSecret(run) ? '[secret]' : run))
  return result.replace(/\s+/g, ' ').trim().slice(0, 600)
}
