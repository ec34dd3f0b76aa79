// A child process that runs one Worker in workerd and says where: forked by subject.mjs, ends when its parent does.
// Images are simulated here and not in workerd, so this process is counted with it.
import { workerdOf } from './cpu.mjs'
import { convertV4MiniflareOptions, Miniflare } from './miniflare.mjs'
import { seeds } from './seed.mjs'

process.on('SIGINT', () => {}) // the parent ends us, after it has ended its own work
process.once('message', async ({ worker, seed, values }) => {
  const miniflare = new Miniflare(convertV4MiniflareOptions({ ...worker, host: '127.0.0.1', cf: false }))
  process.once('disconnect', async () => {
    await miniflare.dispose()
    process.exit()
  })
  const url = await miniflare.ready
  if (seed) await seeds[seed](miniflare, values)
  process.send({ origin: url.origin, pids: [process.pid, workerdOf(process.pid)] })
})
