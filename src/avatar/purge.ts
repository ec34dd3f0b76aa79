import type { Capabilities } from '../capabilities'
import type { Address, User } from '../db/schema'
import { Problem } from '../http/problems'
import { logFailure } from '../lib/failures'

/** Purge what the edge holds under these keys of one person. */
export interface PurgeJob {
  keys: string[]
}

/** What queues purges. */
type Queues = Pick<Capabilities, 'purges' | 'privacyPurges'>

/** Seconds until a batch is tried again whose tags could not be handed over: one call of the budget comes in meanwhile. */
const RETRY_AFTER = 12

/** How often a write is tried whose ground was moved meanwhile: each needs another change in between. */
const MAX_LOOKS = 10

/** What a picture is found by: the hashes of addresses, and the public key of a person where one is given. */
export function keysOf(
  addresses: Pick<Address, 'hash' | 'md5' | 'hashAlias' | 'md5Alias'>[],
  user?: Pick<User, 'publicKey'>,
): string[] {
  const hashes = addresses.flatMap(({ hash, md5, hashAlias, md5Alias }) => [hash, md5, hashAlias, md5Alias])
  return [...hashes, user?.publicKey].filter((key) => typeof key === 'string')
}

/**
 * Queues the purge of what these keys show. Call it before the write: then the write can never stand without its
 * purge. Twice: one soon, one past any fill that began before the write and ended after the first.
 * @param values.privacy somebody wants not to be seen: purged before everything else
 */
export async function queuePurge(
  { purges, privacyPurges }: Queues,
  values: { keys: string[]; privacy: boolean },
): Promise<void> {
  const body: PurgeJob = { keys: values.keys }
  await (values.privacy ? privacyPurges : purges).sendBatch([
    { body, delaySeconds: 1 },
    { body, delaySeconds: 60 },
  ])
}

/** A change of what may show, decided by rows as they were just read. */
export interface ShownChange<T> {
  /** The keys that show it; none where nobody sees it. */
  keys: string[]
  /** Somebody wants not to be seen. */
  privacy: boolean
  /** Writes, if everything still holds that `keys` was decided by, in one statement; null if it does not. */
  write(): Promise<T | null>
}

/**
 * Purges, then writes. Requests that change the same person at once may move the ground that the decision stood on
 * (a photo becomes active, the public key another one): then nothing is written and everything is looked at anew, so
 * no write stands whose purge rested on a stale read.
 * @throws Problem `unavailable` where the ground never stands still, and whatever `look` throws
 */
export async function changeShown<T>(caps: Queues, look: () => Promise<ShownChange<T>>): Promise<T> {
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const { keys, privacy, write } = await look()
    if (keys.length) await queuePurge(caps, { keys, privacy })
    const written = await write()
    if (written !== null) return written
  }
  throw new Problem('unavailable', undefined, { retryAfter: 1 })
}

/**
 * The consumer of both queues: hands each tag once to whoever spends the budget of calls, and lets go of the
 * messages when they are kept there. Idempotent.
 * @param gather keeps the tags until they are purged (`src/avatar/purger.ts`)
 */
export async function consumePurges(
  batch: MessageBatch<PurgeJob>,
  gather: (tags: string[]) => Promise<void>,
): Promise<void> {
  const tags = new Set<string>()
  for (const message of batch.messages) {
    if (isJob(message.body)) for (const key of message.body.keys) tags.add(`k:${key}`)
    // Of another version: it must not hold up the others.
    else
      logFailure({
        what: 'purge',
        step: 'queue',
        cause: new Error('a message of an unknown form was dropped'),
      })
  }
  try {
    if (tags.size) await gather([...tags])
    batch.ackAll()
  } catch (error) {
    logFailure({ what: 'purge', step: 'purger', cause: error }) // the messages are tried again
    batch.retryAll({ delaySeconds: RETRY_AFTER })
  }
}

function isJob(body: unknown): body is PurgeJob {
  return Array.isArray((body as PurgeJob | null)?.keys)
}
