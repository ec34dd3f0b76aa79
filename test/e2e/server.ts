import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of the local server, `http://localhost:PORT`. */
    address: string
  }
}

/** Starts the local server with an empty state, once for all files, and ends it with everything it started. */
export default async function startServer(project: TestProject): Promise<() => Promise<void>> {
  const port = await findFreePort()
  const state = await mkdtemp(join(tmpdir(), 'cameo-e2e-'))
  const server = spawn(process.execPath, ['scripts/dev.mjs', '--port', `${port}`, '--persist-to', state], {
    detached: true, // a process group of its own, so that all of it can be ended
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(server, 'close')
  const stop = async () => {
    if (server.pid && server.exitCode === null) process.kill(-server.pid, 'SIGTERM')
    await closed
    await rm(state, { recursive: true, force: true })
  }
  const address = `http://localhost:${port}`
  try {
    await waitForLine(server, address)
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('address', address)
  return stop
}

function waitForLine(server: ChildProcess, text: string): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}:\n${output}`))
    const timer = setTimeout(fail, 90_000, 'The server did not start in time')
    const read = (chunk: Buffer) => {
      output += chunk
      if (!output.includes(text)) return
      clearTimeout(timer)
      resolve()
    }
    server.stdout?.on('data', read)
    server.stderr?.on('data', read)
    server.on('close', () => fail('The server ended'))
  })
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (!address || typeof address === 'string') throw new Error('No port')
  return address.port
}
