import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What was used of a day's allowances: one row per day, kind and whom it is counted for. */
export const counts = sqliteTable(
  'counts',
  {
    /** `2026-11-25`, UTC. */
    day: text().notNull(),
    /** `Counted` of src/budgets/counts.ts. */
    kind: text().notNull(),
    /** Empty for the whole service; else a keyed hash of a network, or a person's id, or `{id}>{hash}` of a pair. */
    who: text().notNull(),
    used: integer().notNull(),
    /** Whether the log has said that the service's allowance is used up. */
    told: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.day, t.kind, t.who] })],
)

/** The key that a day's networks are hashed with. Gone with the day, so that no hash can be traced back after it. */
export const dayKeys = sqliteTable('day_keys', {
  day: text().primaryKey(),
  key: text().notNull(),
})
