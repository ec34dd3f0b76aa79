import type { Capabilities } from '../capabilities'
import type { User } from '../db/schema'
import { backOff } from '../lib/backoff'

/** Purge what the edge holds under these keys of one person. */
export interface PurgeJob {
  keys: string[]
}

/** Purges the answers that carry any of these tags; false where the platform refuses for now. */
export type PurgeTags = (tags: string[]) => Promise<boolean>

/** The platform's limit for one call. https://developers.cloudflare.com/cache/how-to/purge-cache/ */
const MAX_TAGS = 100

/** A refused purge is tried again no sooner: five calls a minute are allowed. In seconds. */
const RETRY_AFTER = 15

/** Every key under which a person's picture is found. */
export function keysOf(user: Pick<User, 'hash' | 'md5' | 'hashAlias' | 'md5Alias' | 'publicKey'>): string[] {
  const { hash, md5, hashAlias, md5Alias, publicKey } = user
  return [hash, md5, hashAlias, md5Alias, publicKey].filter((key) => key !== null)
}

/**
 * Queues the purge of what these keys show. Call it before the write: then the write can never stand without its
 * purge. Twice: one soon, one past any fill that began before the write and ended after the first.
 */
export async function queuePurge({ purges }: Pick<Capabilities, 'purges'>, keys: string[]): Promise<void> {
  const body: PurgeJob = { keys }
  await purges.sendBatch([
    { body, delaySeconds: 1 },
    { body, delaySeconds: 60 },
  ])
}

/**
 * The queue's consumer: as many messages as fit into one call of at most 100 different tags, acked when the purge
 * is done, tried again when it is refused or fails. Idempotent.
 */
export async function consumePurges(batch: MessageBatch<PurgeJob>, purge: PurgeTags): Promise<void> {
  const [sound, odd] = [true, false].map((wanted) =>
    batch.messages.filter((each) => isJob(each.body) === wanted),
  )
  for (const message of odd ?? []) {
    console.error('a purge of an unknown form was dropped', message.body)
    message.ack()
  }
  for (const { messages, tags } of groupByTags(sound ?? [])) {
    const done = await purge(tags).catch((error) => {
      console.error('a purge failed; it will be tried again', error)
      return false
    })
    for (const message of messages) {
      if (done) message.ack()
      else message.retry({ delaySeconds: backOff(message.attempts, RETRY_AFTER) })
    }
  }
}

/** A message of another version of this Worker must not hold up the others. */
function isJob(body: unknown): body is PurgeJob {
  return Array.isArray((body as PurgeJob | null)?.keys)
}

function groupByTags(messages: readonly Message<PurgeJob>[]) {
  const groups: { messages: Message<PurgeJob>[]; tags: string[] }[] = []
  for (const message of messages) {
    const tags = message.body.keys.map((key) => `k:${key}`)
    const group = groups.at(-1)
    const union = new Set([...(group?.tags ?? []), ...tags])
    if (group && union.size <= MAX_TAGS) {
      group.messages.push(message)
      group.tags = [...union]
    } else groups.push({ messages: [message], tags: [...new Set(tags)] })
  }
  return groups
}
