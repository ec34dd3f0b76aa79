import { createApp } from './app'
import { PhotoOrigin } from './avatar/origin'
import { openCapabilities } from './capabilities'
import { cleanUp } from './cron'
import { protect } from './http/headers'
import { consume } from './queues'

const app = createApp()

export default {
  fetch: async (request, env, ctx) => protect(await app.fetch(request, env, ctx), request.url),
  queue: (batch, env, ctx) =>
    consume(batch, openCapabilities(env, Date.now()), (tags) => ctx.exports.PhotoOrigin.purge(tags)),
  scheduled: (controller, env) => cleanUp(openCapabilities(env, controller.scheduledTime)),
} satisfies ExportedHandler<Env>

export { PhotoOrigin }
