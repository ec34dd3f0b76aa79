// A child process that draws default pictures in Node, ours and others': forked by subject.mjs, ends when its parent
// does. `/{drawer}/{size}/{seed}`
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Avatar, Style } from '@dicebear/core'
import { Resvg } from '@resvg/resvg-js'
import { toPng } from 'jdenticon'
import { importSource } from './workers.mjs'

const { drawFallback } = await importSource('src/avatar/fallback/draw.ts')

const drawers = {
  nothing: () => Buffer.alloc(0),
  jdenticon: (seed, size) => toPng(seed, size),
}
for (const style of ['identicon', 'monsterid', 'wavatar', 'robohash'])
  drawers[style] = (seed, size) => drawFallback({ style, seed, size })
for (const name of ['identicon', 'bottts', 'avataaars', 'critters']) {
  const file = new URL(import.meta.resolve(`@dicebear/styles/${name}.json`))
  const style = new Style(JSON.parse(readFileSync(file, 'utf8')))
  drawers[`dicebear-${name}`] = (seed, size) =>
    new Resvg(new Avatar(style, { seed, size }).toString()).render().asPng()
}

process.on('SIGINT', () => {}) // the parent ends us, after it has ended its own work
process.once('disconnect', () => process.exit())
process.once('message', () => {
  const server = createServer((request, response) => {
    const [, drawer, size, seed] = request.url.split('/')
    response.end(drawers[drawer](seed, Number(size)))
  }).listen(0, '127.0.0.1', () => {
    process.send({ origin: `http://127.0.0.1:${server.address().port}`, pids: [process.pid] })
  })
})
