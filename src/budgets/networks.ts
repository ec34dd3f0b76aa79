import { hmacHex, randomToken } from '../lib/crypto'
import { type Counters, dayOf } from './counts'

/**
 * What stands in the database for a network on this day. An IP is personal data and IPv4 has few enough of them to try
 * all: the hash is keyed, and the key dies with the day.
 */
export async function hashNetwork(counters: Counters, network: string): Promise<string> {
  return (await hmacHex(await readDayKey(counters), network)).slice(0, 32)
}

/** The last day's key that this isolate has read: asking for it each time would cost a query. */
let known: { day: string; key: string } | null = null

async function readDayKey({ db, now }: Counters): Promise<string> {
  const day = dayOf(now)
  if (known?.day === day) return known.key
  const row = await db.$client
    .prepare(
      'INSERT INTO day_keys (day, key) VALUES (?1, ?2) ON CONFLICT (day) DO UPDATE SET key = key RETURNING key',
    )
    .bind(day, randomToken())
    .first<{ key: string }>()
  if (!row) throw new Error('a day has no key')
  known = { day, key: row.key }
  return row.key
}
