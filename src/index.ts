import { createApp } from './app'
import { PhotoOrigin } from './avatar/origin'
import { Purger } from './avatar/purger'
import { servePlainPicture } from './avatar/routes'
import { openCapabilities } from './capabilities'
import { cleanUp } from './cron'
import { enforceHttps, protect } from './http/headers'
import { Inbox } from './messages/inbox'
import { servePlainWidth } from './photos/raw'
import { consume } from './queues'

const app = createApp()

export default {
  async fetch(request, env, ctx) {
    const picture = servePlainPicture(request, env, ctx)
    if (picture) return enforceHttps(await picture, request.url)
    const width = await servePlainWidth(request, env, ctx)
    if (width) return protect(width, request.url)
    return protect(await app.fetch(request, env, ctx), request.url)
  },
  queue: (batch, env) =>
    consume(batch, {
      caps: openCapabilities(env, Date.now()),
      gather: (tags, privacy) => env.PURGER.getByName('purger').add(tags, privacy),
    }),
  scheduled: (controller, env) => cleanUp(openCapabilities(env, controller.scheduledTime)),
} satisfies ExportedHandler<Env>

export { Inbox, PhotoOrigin, Purger }
