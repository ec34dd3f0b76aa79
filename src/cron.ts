import { cleanUpAccounts } from './accounts/cleanup'
import { cleanUpBudgets } from './budgets/cleanup'
import type { Capabilities } from './capabilities'
import { cleanUpUploads } from './uploads/cleanup'

/** What the cron runs, each for itself: one that fails does not keep the others from their work. */
const CLEAN_UPS: ((caps: Capabilities) => Promise<void>)[] = [cleanUpAccounts, cleanUpBudgets, cleanUpUploads]

/** @throws AggregateError where any of them failed, so that the run counts as failed */
export async function cleanUp(caps: Capabilities): Promise<void> {
  const results = await Promise.allSettled(CLEAN_UPS.map((run) => run(caps)))
  const reasons = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason)
  if (reasons.length) throw new AggregateError(reasons, 'a clean-up failed')
}
