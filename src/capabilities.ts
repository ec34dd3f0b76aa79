import { waitUntil } from 'cloudflare:workers'
import { type Images, type Mailer, meterImages, meterMail } from './budgets/metered'
import { type Config, loadConfig } from './config'
import { type Db, openDb } from './db/open'
import { findOrigin } from './http/origin'
import { logFailure, watch } from './lib/failures'

/** The open WebSockets of people. Whoever pokes one need not know what it tells, nor how. */
export interface Inboxes {
  /**
   * Has the inboxes of these people look again, after the answer: their number may be another, a session of theirs may
   * have ended. A poke that is lost is healed by the next.
   * @param userIds who is nobody is passed over
   */
  poke(...userIds: (string | null | undefined)[]): void
}

/**
 * What a request, a queue's batch or a cron run may do, made once for it. A function takes the part that it uses
 * (`Pick<Capabilities, 'db' | 'purges'>`), so that its signature says what it can touch, and a test can hand it
 * something that fails.
 */
export interface Capabilities {
  db: Db
  /** Photos and renditions: opened by no key pair. */
  bucket: R2Bucket
  /** Where browsers may write, by presigned URL; nothing stays here. */
  uploads: R2Bucket
  /** Each output is counted against the day's budget. */
  images: Images
  erasures: Queue
  purges: Queue
  /** Purges of what somebody no longer wants to be seen. */
  privacyPurges: Queue
  /** Each mail is counted against the day's budget. */
  email: Mailer
  inboxes: Inboxes
  config: Config
  /** Milliseconds since 1970. */
  now: number
  /** Whom what costs money is counted for, as `clientKey` says it; null for the service alone. */
  client: string | null
  /** Of absolute addresses, as `findOrigin` says it; null where none is known, or nobody asks. */
  origin: string | null
}

const databases = new WeakMap<D1Database, Db>()

/** The database, one for all requests: making it reads the whole schema, and queries can be kept with it. */
export function databaseOf(d1: D1Database): Db {
  const db = databases.get(d1) ?? openDb(watch(d1, 'd1'))
  databases.set(d1, db)
  return db
}

/**
 * Each binding notes what it threw as its own, so that the log can say which part refused.
 * @param client who asks, as for rate limits; null where nobody does
 * @param requestUrl what is asked; null for nothing
 */
export function openCapabilities(
  env: Env,
  now: number,
  client: string | null = null,
  requestUrl: string | null = null,
): Capabilities {
  const till = { db: databaseOf(env.DB), config: loadConfig(env), now, client }
  return {
    ...till,
    origin: requestUrl === null ? null : findOrigin(till.config, requestUrl),
    bucket: watch(env.PHOTOS, 'r2'),
    uploads: watch(env.UPLOADS, 'r2'),
    images: meterImages(watch(env.IMAGES, 'images'), till),
    erasures: watch(env.ERASURES, 'queue'),
    purges: watch(env.PURGES, 'queue'),
    privacyPurges: watch(env.PRIVACY_PURGES, 'queue'),
    email: meterMail(watch(env.EMAIL, 'mail'), till),
    inboxes: openInboxes(env.INBOX),
  }
}

function openInboxes(inboxes: Env['INBOX']): Inboxes {
  const poke = async (userId: string) => {
    try {
      await inboxes.getByName(userId).poke(userId)
    } catch (cause) {
      logFailure({ what: 'inbox', cause })
    }
  }
  return {
    poke(...userIds) {
      for (const userId of new Set(userIds)) if (userId) waitUntil(poke(userId))
    },
  }
}
