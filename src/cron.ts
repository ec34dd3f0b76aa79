import { type AddressedTable, cleanUpAddressed, nameCleanUp } from './accounts/addressed'
import { cleanUpAccounts } from './accounts/cleanup'
import { cleanUpBudgets } from './budgets/cleanup'
import type { Capabilities } from './capabilities'
import type { Rest } from './db/batches'
import { logFailure } from './lib/failures'
import { HOUR } from './lib/time'
import { WRITTEN_TO } from './messages/addressed'
import { cleanUpMessages } from './messages/cleanup'
import { cleanUpLinks } from './sharing/links/cleanup'
import { SHOWN_TO } from './sharing/people/addressed'
import { cleanUpStrays, cleanUpUploads } from './uploads/cleanup'

/**
 * What is addressed to people, and goes when they remove the address, leave or never come: a feature that keeps such
 * rows adds its tables here.
 */
export const ADDRESSED: readonly AddressedTable[] = [...SHOWN_TO, ...WRITTEN_TO]

type CleanUp = (caps: Capabilities, place: Rest) => Promise<Rest>

/**
 * What the cron runs: each does a bounded part and tells what it left. Their names are in messages that are under way
 * when a new version is deployed.
 */
const CLEAN_UPS: Record<string, CleanUp> = {
  accounts: cleanUpAccounts,
  budgets: cleanUpBudgets,
  links: cleanUpLinks,
  messages: cleanUpMessages,
  uploads: cleanUpUploads,
  strays: cleanUpStrays,
  ...Object.fromEntries(
    ADDRESSED.map((from): [string, CleanUp] => [
      nameCleanUp(from),
      (caps, place) => cleanUpAddressed(caps, { from, place }),
    ]),
  ),
}

/** Go on with a clean-up that did not come to its end. */
export interface CleanUpJob {
  cleanUp: string
  /** What the run before left. */
  place: string
  /** When the cron began it, in milliseconds: an hour later it begins anew. */
  startedAt: number
}

/**
 * Begins every clean-up, each for itself: one that fails does not keep the others from their work. What one leaves, the
 * next message does, and the next, until nothing is left: no backlog is too long for it.
 * @throws Error where any of them failed, so that the run counts as failed. It carries no cause: what is thrown here
 *   the platform logs as it is, and only our own line is clean.
 */
export async function cleanUp(caps: Capabilities): Promise<void> {
  const names = Object.keys(CLEAN_UPS)
  const areDone = await Promise.all(
    names.map((cleanUp) => runOne(caps, { cleanUp, place: null, startedAt: caps.now })),
  )
  if (!areDone.every(Boolean)) throw new Error('a clean-up failed')
}

/**
 * The consumer of what `cleanUp` and itself left. A run that fails is not tried again, and one that would go on for more
 * than an hour ends: the cron has begun anew by then, and two would do the same work.
 */
export async function goOnCleaningUp(caps: Capabilities, job: CleanUpJob): Promise<void> {
  if (caps.now - job.startedAt < HOUR) await runOne(caps, job)
}

async function runOne(
  caps: Capabilities,
  job: Omit<CleanUpJob, 'place'> & { place: Rest },
): Promise<boolean> {
  try {
    const run = Object.hasOwn(CLEAN_UPS, job.cleanUp) ? CLEAN_UPS[job.cleanUp] : undefined
    const place = run ? await run(caps, job.place) : null
    if (place !== null) await caps.erasures.send({ ...job, place } satisfies CleanUpJob)
    return true
  } catch (cause) {
    logFailure({ what: 'cleanup', cause })
    return false
  }
}
