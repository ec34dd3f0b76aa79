import { type Images, meterImages } from '../budgets/metered'
import { loadConfig } from '../config'

/** What renditions are found and made with. */
export interface Workshop {
  cache: Cache
  bucket: R2Bucket
  /** Each output is counted against the day's budget. */
  images: Images
  /** Origin of the cache's keys: of our own zone, so that none of them can be anybody else's URL. */
  cacheOrigin: string
  waitUntil(promise: Promise<unknown>): void
  /** Counts a transform against the client's allowance; false when it is used up. */
  allowTransform(): Promise<boolean>
  /** Told how long each step took, in milliseconds. */
  measure<T>(step: string, work: Promise<T>): Promise<T>
}

/**
 * The workshop of one request.
 * @param values.client who its transforms are counted against; '' for nobody
 * @param values.paced false where the client's minute does not count, but its day does
 */
export function openWorkshop(
  env: Env,
  values: { client: string; paced?: boolean } & Pick<Workshop, 'waitUntil' | 'measure'>,
): Workshop {
  const { client, paced = true, waitUntil, measure } = values
  const till = { db: { $client: env.DB }, config: loadConfig(env), now: Date.now(), client: client || null }
  return {
    cache: caches.default,
    bucket: env.PHOTOS,
    images: meterImages(env.IMAGES, till),
    cacheOrigin: till.config.publicOrigin ?? 'http://localhost',
    waitUntil,
    allowTransform: async () => !paced || (await env.TRANSFORM_LIMIT.limit({ key: client })).success,
    measure,
  }
}
