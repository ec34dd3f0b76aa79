// A child process that serves pictures with ipx: forked by subject.mjs, ends when its parent does.
import { createServer } from 'node:http'
import { createIPX, createIPXNodeServer, ipxFSStorage } from 'ipx'

process.on('SIGINT', () => {}) // the parent ends us, after it has ended its own work
process.once('disconnect', () => process.exit())
process.once('message', ({ directory }) => {
  const ipx = createIPX({ storage: ipxFSStorage({ dir: directory }) })
  const server = createServer(createIPXNodeServer(ipx)).listen(0, '127.0.0.1', () => {
    process.send({ origin: `http://127.0.0.1:${server.address().port}`, pids: [process.pid] })
  })
})
