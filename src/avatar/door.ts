import { clientKey } from '../http/limits'
import { type Code, Problem } from '../http/problems'
import { startTimings } from '../lib/timings'
import type { Rendition } from '../renditions/rendition'
import type { RenditionSpec } from '../renditions/spec'
import { profileRequest, whatRequest, whoRequest } from './canonical'
import type { Profile, ShownPhoto } from './lookup'
import { findProfileOf, findWho, makeWhat } from './sources'

/** The gateway's way to the two truths of a picture, through the platform's cache where there is one. */
export interface Door {
  /** Who shows under a key; null for nobody. */
  who(key: string): Promise<ShownPhoto | null>
  profile(key: string): Promise<Profile | null>
  what(spec: RenditionSpec): Promise<DoorRendition>
  /** How long the steps took that were made for this very request. */
  timing(answeredBy?: string): string
}

/** `tier` is the `Server-Timing` of what answered. Whether it is a substitute; why, where it was made is known. */
export type DoorRendition = Omit<Rendition, 'tier' | 'substitute'> & {
  tier: string
  substitute: boolean | Problem
}

/**
 * Opens the door of a request. Only Workers Cache gives entrypoints a `ctx.cache`; without it (local development) a hop
 * would cost a tenth of the request and give nothing, so the same functions are called in process.
 */
export function openDoor(request: Request, env: Env, ctx: ExecutionContext): Door {
  return ctx.cache ? openCachedDoor(request, ctx) : openDirectDoor(request, env, ctx)
}

function openDirectDoor(request: Request, env: Env, ctx: ExecutionContext): Door {
  const timings = startTimings()
  const waitUntil = (promise: Promise<unknown>) => ctx.waitUntil(promise)
  return {
    who: (key) => findWho(env, key, timings),
    profile: (key) => findProfileOf(env, key, timings),
    what: (spec) => makeWhat(env, spec, { client: clientKey(request), waitUntil, timings }),
    timing: timings.header,
  }
}

function openCachedDoor(request: Request, ctx: ExecutionContext): Door {
  const origin = ctx.exports.PhotoOrigin
  const steps: string[] = []
  const ask = async (asked: Request) => {
    const answer = await origin.fetch(asked)
    if (answer.status !== 200 && answer.status !== 404) throw await readProblem(answer)
    const timing = answer.headers.get('server-timing')
    if (timing && !isStored(answer)) steps.unshift(timing) // what answers a rendition says first which tier did
    return answer
  }
  const askKey = async <T>(asked: Request): Promise<T | null> => {
    const answer = await ask(asked)
    return answer.status === 404 ? null : answer.json<T>()
  }
  return {
    who: (key) => askKey<ShownPhoto>(whoRequest(key)),
    profile: (key) => askKey<Profile>(profileRequest(key)),
    async what(spec) {
      const answer = await ask(whatRequest(spec, clientKey(request)))
      const { headers, body } = answer
      if (!body) throw new Problem('unavailable', undefined, { retryAfter: 5 })
      return {
        body,
        bytes: Number(headers.get('content-length')),
        contentType: headers.get('content-type') ?? '',
        etag: headers.get('etag')?.slice(1, -1) ?? '',
        tier: isStored(answer) ? 'cache;desc="edge"' : '',
        substitute: headers.get('cache-control') === 'no-store',
      }
    },
    timing: (answeredBy) => [answeredBy, ...steps].filter(Boolean).join(', '),
  }
}

/** Workers Cache answered: the steps that its answer tells of were made for somebody else. */
function isStored(answer: Response): boolean {
  return answer.headers.has('age') || answer.headers.get('cf-cache-status') === 'HIT'
}

async function readProblem(answer: Response): Promise<Problem> {
  const { code, detail } = await answer.json<{ code: Code; detail: string }>()
  const problem = new Problem(code, detail, { retryAfter: Number(answer.headers.get('retry-after') ?? 5) })
  problem.logged = true // where it happened
  return problem
}
