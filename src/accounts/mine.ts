import { type Column, type SQL, sql } from 'drizzle-orm'

/**
 * Whether a column holds the hash of one of a person's addresses, in either form of an international domain: what is
 * addressed to any of them is theirs. Within the query that asks, so that it costs no round trip.
 */
export function isMine(person: string | SQL | Column, hash: SQL | Column): SQL {
  return sql`${hash} IN (SELECT hash FROM addresses WHERE user_id = ${person} UNION ALL SELECT hash_alias FROM addresses WHERE user_id = ${person} AND hash_alias IS NOT NULL)`
}
