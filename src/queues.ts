import type { LeaverJob } from './accounts/leaving'
import { consumePurges, type PurgeJob } from './avatar/purge'
import type { Capabilities } from './capabilities'
import { consumeErasures, type ErasureJob } from './photos/erase'

/** Which queue goes where. The names are those of wrangler.toml. */
const CONSUMERS: Record<string, (batch: MessageBatch, tools: Tools) => Promise<void>> = {
  'cameo-erasures': (batch, { caps }) => consumeErasures(batch as MessageBatch<ErasureJob | LeaverJob>, caps),
  'cameo-purges': (batch, { gather }) =>
    consumePurges(batch as MessageBatch<PurgeJob>, (tags) => gather(tags, false)),
  'cameo-privacy-purges': (batch, { gather }) =>
    consumePurges(batch as MessageBatch<PurgeJob>, (tags) => gather(tags, true)),
}

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
