import { Hono, type Context as HonoContext } from 'hono'
import { loadConfig } from '../config'
import { withHeaders } from '../http/headers'
import { answerPicture } from './answer'
import { parsePicturePath } from './path'
import { type AvatarRequest, parseAvatarRequest } from './request'
import { failureResponse, methodResponse, OUTWARD, preflightResponse } from './response'
import { reported } from './sources'

type Picture = HonoContext<{ Bindings: Env }>

/** A key of one of the three forms, in one of the three places, with an extension that says what is wanted or none. */
const PLAIN =
  /^https?:\/\/[^/]+\/(?:avatar\/|photos\/)?((?:[\da-fA-F]{64}|[\da-fA-F]{32}|[\da-zA-Z]{22})(?:\.(?:jpe?g|png|webp|avif|gif|json))?)(?:\?(.*))?$/

/**
 * The way of nearly every request, decided before the router: a picture in the plain form. null for everything else,
 * which the router looks at, other forms of a picture's URL too. No cookie is read or set, nothing knows who is asking.
 */
export function servePlainPicture(
  request: Request,
  env: Env,
  ctx: ExecutionContext,
): Promise<Response> | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  const [, segment, search = ''] = PLAIN.exec(request.url) ?? []
  if (segment === undefined) return null
  const accept = request.headers.get('accept')
  const asked = understand({ segment, open: false, query: readQuery(search), accept }, env)
  return asked instanceof Response
    ? Promise.resolve(asked)
    : asked && answerPicture(asked, { request, env, ctx })
}

/** What is asked for; null for nothing that there is; the answer itself where a setting of the operator's is broken. */
function understand(
  values: Omit<Parameters<typeof parseAvatarRequest>[0], 'settings'>,
  env: Env,
): AvatarRequest | Response | null {
  try {
    return parseAvatarRequest({ ...values, settings: loadConfig(env) })
  } catch (error) {
    return failureResponse(reported(error))
  }
}

/** The public pictures in every form. No cookie is read or set here, and nothing knows who is asking. */
export const avatars = new Hono<{ Bindings: Env }>().all('*', async (c) => {
  const { path: rawPath, query } = splitUrl(c.req.url)
  const path = parsePicturePath(rawPath, query)
  const accept = c.req.header('accept') ?? null
  const asked = path && understand({ ...path, query, accept }, c.env)
  // For a wrong key too: or no page could read that it is one.
  if (path && c.req.method === 'OPTIONS')
    return preflightResponse(c.req.header('access-control-request-headers') ?? null)
  if (!asked) return nothingHere(c, path !== null)
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return methodResponse()
  if (asked instanceof Response) return asked
  return answerPicture(asked, { request: c.req.raw, env: c.env, ctx: c.executionCtx as ExecutionContext })
})

/** Path and query as they came. */
function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const mark = url.indexOf('?', start)
  const path = url.slice(start, mark < 0 ? undefined : mark)
  return { path, query: readQuery(mark < 0 ? '' : url.slice(mark + 1)) }
}

/** `&amp;`: escaped for a page once more than it was read, which old templates do. */
function readQuery(search: string): URLSearchParams {
  return new URLSearchParams(search.includes('&amp;') ? search.replaceAll('&amp;', '&') : search)
}

/** A page of another site may read that a key is wrong, but not our own page that says so: that knows who is asking. */
async function nothingHere(c: Picture, isPicture: boolean): Promise<Response> {
  const answer = await c.notFound()
  const isJson = answer.headers.get('content-type') === 'application/problem+json'
  return isPicture && isJson ? withHeaders(answer, OUTWARD) : answer
}
