import { consumePurges, type PurgeJob } from './avatar/purge'
import type { Capabilities } from './capabilities'
import { consumeErasures, type ErasureJob } from './photos/erase'

/** Which queue goes where. */
export async function consume(
  batch: MessageBatch,
  caps: Capabilities,
  purge: (tags: string[]) => Promise<boolean>,
): Promise<void> {
  if (batch.queue === 'cameo-purges') await consumePurges(batch as MessageBatch<PurgeJob>, purge)
  else await consumeErasures(batch as MessageBatch<ErasureJob>, caps)
}
