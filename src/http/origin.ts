import type { Config } from '../config'
import { Problem } from './problems'

/** Whether a request came to this machine itself: development. Absolute URLs then follow the request. */
export function isLocal(url: URL): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
}

/** As `publicOrigin`, null where there is none: for what can be told without. */
export function findOrigin(config: Config, requestUrl: string): string | null {
  const url = new URL(requestUrl)
  return isLocal(url) ? url.origin : config.publicOrigin || null
}

/**
 * The origin of absolute URLs. Never taken from a request header: on localhost from the request's URL,
 * elsewhere from PUBLIC_ORIGIN, without which there is none.
 * @throws Problem `unavailable` where PUBLIC_ORIGIN is missing in production
 */
export function publicOrigin(config: Config, requestUrl: string): string {
  const origin = findOrigin(config, requestUrl)
  if (origin !== null) return origin
  throw new Problem('unavailable', 'This server does not know its own origin. Set PUBLIC_ORIGIN.')
}
