import { consumePurges, type PurgeJob } from './avatar/purge'
import type { Capabilities } from './capabilities'
import { ADDRESSED, type CleanUpJob, goOnCleaningUp } from './cron'
import { consumeErasures, type Erasure } from './photos/erase'

/** Which queue goes where. The names are those of wrangler.toml. */
const CONSUMERS: Record<string, (batch: MessageBatch, tools: Tools) => Promise<void>> = {
  'cameo-erasures': async ({ messages }, { caps }) => {
    await consumeErasures(messages.filter(isErasure), caps, ADDRESSED) // first: somebody waits for them
    for (const message of messages.filter(isCleanUp)) {
      await goOnCleaningUp(caps, message.body)
      message.ack()
    }
  },
  'cameo-purges': (batch, { gather }) =>
    consumePurges(batch as MessageBatch<PurgeJob>, (tags) => gather(tags, false)),
  'cameo-privacy-purges': (batch, { gather }) =>
    consumePurges(batch as MessageBatch<PurgeJob>, (tags) => gather(tags, true)),
}

type Mixed = Message<unknown>

const isCleanUp = (message: Mixed): message is Message<CleanUpJob> => 'cleanUp' in (message.body as object)
const isErasure = (message: Mixed): message is Message<Erasure> => !isCleanUp(message)

interface Tools {
  caps: Capabilities
  /** Keeps tags until they are purged, for privacy before others. */
  gather(tags: string[], privacy: boolean): Promise<void>
}

/** @throws Error for a queue that is not known: its messages are tried again, and nobody else's consumer gets them */
export async function consume(batch: MessageBatch, tools: Tools): Promise<void> {
  const consumer = Object.hasOwn(CONSUMERS, batch.queue) ? CONSUMERS[batch.queue] : undefined
  if (!consumer) throw new Error(`no consumer for the queue ${batch.queue}`)
  await consumer(batch, tools)
}
