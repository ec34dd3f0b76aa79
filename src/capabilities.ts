import { type Config, loadConfig } from './config'
import { type Db, openDb } from './db/open'

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
  images: ImagesBinding
  erasures: Queue
  purges: Queue
  /** Purges of what somebody no longer wants to be seen. */
  privacyPurges: Queue
  email: SendEmail
  config: Config
  /** Milliseconds since 1970. */
  now: number
}

export function openCapabilities(env: Env, now: number): Capabilities {
  return {
    db: openDb(env.DB),
    bucket: env.PHOTOS,
    uploads: env.UPLOADS,
    images: env.IMAGES,
    erasures: env.ERASURES,
    purges: env.PURGES,
    privacyPurges: env.PRIVACY_PURGES,
    email: env.EMAIL,
    config: loadConfig(env),
    now,
  }
}
