import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Server {
  /** `http://localhost:PORT` */
  origin: string
  /** All that it printed so far. */
  output(): string
  /** Ends it with everything it started, and removes its data. */
  stop(): Promise<void>
}

/** Milliseconds until a server must answer: below what a test's own preparations may take. */
const PATIENCE = 100_000

/** Starts Cameo as `npm run dev` does, on a free port with empty data. */
export async function startServer(): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), 'cameo-'))
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/dev.mjs', '--port', `${port}`, '--persist-to', directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const closed = new Promise((resolve) => child.on('close', resolve))
  // With a fault in the build it prints that and waits for files to change.
  for (let waited = 0; !output.includes('Mailbox'); waited += 100) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null
    if (hasEnded || waited > PATIENCE) {
      child.kill('SIGTERM')
      throw new Error(`the server ${hasEnded ? 'ended' : 'does not answer'}: ${output}`)
    }
    await sleep(100)
  }
  return {
    origin: `http://localhost:${port}`,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      await closed
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The newest sign-in code in the local mailbox for an address. */
export async function readCode(origin: string, email: string): Promise<string> {
  for (;;) {
    const mailbox = await fetch(`${origin}/cdn-cgi/local/explorer/api/local/email/sending`)
    const mails = ((await mailbox.json()) as { result: { to?: unknown; subject?: string }[] }).result
    const mail = mails.find((each) => JSON.stringify(each).includes(email))
    const code = /\b\d{8}\b/.exec(mail?.subject ?? '')?.[0]
    if (code) return code
    await sleep(100)
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
