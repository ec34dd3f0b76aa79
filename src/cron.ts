import { cleanUpAccounts } from './accounts/cleanup'
import { cleanUpBudgets } from './budgets/cleanup'
import type { Capabilities } from './capabilities'
import { logFailure } from './lib/failures'
import { cleanUpStrays, cleanUpUploads } from './uploads/cleanup'

/** What the cron runs, each for itself: one that fails does not keep the others from their work. */
const CLEAN_UPS: ((caps: Capabilities) => Promise<void>)[] = [
  cleanUpAccounts,
  cleanUpBudgets,
  cleanUpUploads,
  cleanUpStrays,
]

/**
 * @throws Error where any of them failed, so that the run counts as failed. It carries no cause: what is thrown here
 *   the platform logs as it is, and only our own line is clean.
 */
export async function cleanUp(caps: Capabilities): Promise<void> {
  const results = await Promise.allSettled(CLEAN_UPS.map((run) => run(caps)))
  const failed = results.filter((result) => result.status === 'rejected')
  for (const { reason } of failed) logFailure({ what: 'cleanup', cause: reason })
  if (failed.length) throw new Error('a clean-up failed')
}
