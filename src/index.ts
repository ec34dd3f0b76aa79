import { createApp } from './app'
import { PhotoOrigin } from './avatar/origin'
import { openDb } from './db/db'
import type { Env } from './env'
import { cleanUp } from './jobs/cleanup'
import { consumeErasures, type ErasureJob } from './jobs/erase'

const app = createApp()

export default {
  fetch: app.fetch,
  queue: (batch, env) => consumeErasures(batch, openDb(env.DB), env.PHOTOS),
  scheduled: (controller, env) => cleanUp(openDb(env.DB), env.ERASURES, controller.scheduledTime),
} satisfies ExportedHandler<Env, ErasureJob>

export { PhotoOrigin }
