import type { D1Migration } from 'cloudflare:test'

declare global {
  namespace Cloudflare {
    interface Env {
      TEST_MIGRATIONS: D1Migration[]
      /** Where a stand-in for both services listens. */
      GRAVATAR_ORIGIN: string
      LIBRAVATAR_ORIGIN: string
      FIXTURES: Record<string, string>
    }
  }
}
