import { createApp } from './app'
import { PhotoOrigin } from './avatar/origin'
import { Purger } from './avatar/purger'
import { openCapabilities } from './capabilities'
import { cleanUp } from './cron'
import { protect } from './http/headers'
import { consume } from './queues'

const app = createApp()

export default {
  fetch: async (request, env, ctx) => protect(await app.fetch(request, env, ctx), request.url),
  queue: (batch, env) =>
    consume(batch, {
      caps: openCapabilities(env, Date.now()),
      gather: (tags, privacy) => env.PURGER.getByName('purger').add(tags, privacy),
    }),
  scheduled: (controller, env) => cleanUp(openCapabilities(env, controller.scheduledTime)),
} satisfies ExportedHandler<Env>

export { PhotoOrigin, Purger }
