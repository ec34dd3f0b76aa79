/** The queues of purges as wrangler.toml has them (`test/node/queues.test.ts` compares), in milliseconds. */
export const QUEUES = {
  'cameo-purges': { batchTimeout: 2000 },
  'cameo-privacy-purges': { batchTimeout: 1000 },
}
