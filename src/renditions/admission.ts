import { waitUntil } from 'cloudflare:workers'
import { Problem } from '../http/problems'
import { noteStep } from '../lib/failures'
import { MINUTE, SECOND } from '../lib/time'

/**
 * Bytes of pictures that one isolate works on at once, all requests together. The platform ends an isolate at 128 MB
 * with everything that runs in it, so what does not fit waits, and is then refused.
 * https://developers.cloudflare.com/workers/platform/limits/#memory · bench/memory.mjs measures the peak.
 */
export const CEILING = 24 * 1024 * 1024

/** How long a request waits for room, in milliseconds. Waiting costs nothing; a refused picture is a broken one. */
const PATIENCE = 3 * SECOND

/** How often it looks, in milliseconds. Looking is an addition. */
const EVERY = 25

/**
 * How long room is taken for at the most, in milliseconds. The platform may end a request at any step (the client is
 * gone, a limit is passed) and then nothing of it runs any more, no `finally` either: its room would be lost for as
 * long as the isolate lives. No work that is admitted takes so long.
 */
const LEASE = MINUTE

/** Who has room now, and since when. */
const holders = new Set<{ bytes: number; since: number }>()

function countHeld(): number {
  let held = 0
  for (const holder of holders) {
    if (holder.since + LEASE <= Date.now()) holders.delete(holder)
    else held += holder.bytes
  }
  return held
}

/** When the log was told last that there is no room. */
let toldAt = 0

/** A crowd is refused by the hundred: one line a minute says as much. */
function refuse(now: number): Problem {
  const detail = 'Too much is being worked on. Try again in a moment.'
  const refused = new Problem('unavailable', detail, { retryAfter: 1 })
  noteStep(refused, 'memory')
  refused.logged = now - toldAt < MINUTE
  if (!refused.logged) toldAt = now
  return refused
}

/**
 * Does the work as soon as there is room for what it will hold. Never call it from within such work: two that wait
 * for each other's room would wait for good. What is larger than the ceiling is done alone. Work that has begun goes
 * on when its client leaves: it is paid for, and its memory is given back at its end alone.
 * @param bytes at the most, of everything that the work holds at once
 * @throws Problem `unavailable`, before the work has begun
 */
export async function admit<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  const isFull = () => {
    const held = countHeld()
    return held > 0 && held + bytes > CEILING
  }
  for (let waited = 0; isFull(); waited += EVERY) {
    if (waited >= PATIENCE) throw refuse(Date.now())
    await scheduler.wait(EVERY)
  }
  const working = hold(bytes, work)
  waitUntil(working.catch(() => undefined))
  return working
}

async function hold<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  const holder = { bytes, since: Date.now() }
  holders.add(holder)
  try {
    return await work()
  } finally {
    holders.delete(holder)
  }
}
