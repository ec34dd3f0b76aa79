import { and, lt, ne, or } from 'drizzle-orm'
import type { Db } from '../db/open'
import { counts, dayKeys } from '../db/schema'
import { DAY } from '../lib/time'
import { dayOf } from './counts'

/** How long the sums of the service stay, for the operator to see what is usual, in days. They are about nobody. */
const DAYS_KEPT = 60

/** Removes who did what on days that are over, the keys of their hashes, and old sums. Idempotent. */
export async function cleanUpBudgets({ db, now }: { db: Db; now: number }): Promise<void> {
  const today = dayOf(now)
  await db.batch([
    db.delete(dayKeys).where(lt(dayKeys.day, today)),
    db
      .delete(counts)
      .where(
        or(and(lt(counts.day, today), ne(counts.who, '')), lt(counts.day, dayOf(now - DAYS_KEPT * DAY))),
      ),
  ])
}
