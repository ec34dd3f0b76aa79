import type { Context } from 'hono'
import type { AppEnv, SignedInEnv } from '../../accounts/asking'

/** Pages are for people with a session: an API token must not read what the API would refuse it. */
export function readUser(c: Context<AppEnv>): SignedInEnv['Variables']['user'] | null {
  return c.var.via === 'session' ? c.var.user : null
}
