import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

/**
 * Empties the database, the buckets, the cache, the queues, the rate limits and the Durable Objects, and makes the
 * tables anew. What modules remember stays, as it does in an isolate that serves many requests.
 */
export async function startAfresh(): Promise<void> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
}
