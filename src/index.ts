import { createApp } from './app'
import { PhotoOrigin } from './avatar/origin'
import { openDb } from './db/db'
import type { Context, Env } from './env'
import { cleanUp } from './jobs/cleanup'
import { consumeErasures, type ErasureJob } from './jobs/erase'
import { consumePurges, type PurgeJob } from './jobs/purge'

const app = createApp()

type Job = ErasureJob | PurgeJob

function consume(batch: MessageBatch<Job>, env: Env, ctx: Context): Promise<void> {
  if (batch.queue === 'cameo-purges') {
    return consumePurges(batch as MessageBatch<PurgeJob>, (tags) => ctx.exports.PhotoOrigin.purge(tags))
  }
  return consumeErasures(batch as MessageBatch<ErasureJob>, openDb(env.DB), {
    bucket: env.PHOTOS,
    uploads: env.UPLOADS,
  })
}

export default {
  fetch: app.fetch,
  queue: (batch, env, ctx) => consume(batch, env, ctx as unknown as Context),
  scheduled: (controller, env) => cleanUp(openDb(env.DB), env.ERASURES, controller.scheduledTime),
} satisfies ExportedHandler<Env, Job>

export { PhotoOrigin }
