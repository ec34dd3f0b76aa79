import type { TestProject } from 'vitest/node'
import { startServer } from '../node/server.ts'
import { startStandIn } from '../stand-in.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of the local server, `http://localhost:PORT`. */
    origin: string
    /** Origin of what stands in for Gravatar and Libravatar. */
    elsewhere: string
  }
}

/** One local server with empty data for all files. */
export default async function provideServer(project: TestProject): Promise<() => Promise<void>> {
  const elsewhere = await startStandIn()
  process.env.GRAVATAR_ORIGIN = elsewhere
  process.env.LIBRAVATAR_ORIGIN = elsewhere
  // Everybody in these tests is one client.
  process.env.CLIENT_ACCOUNTS = '0'
  process.env.CLIENT_MAILS = '0'
  // https://developers.cloudflare.com/workers/configuration/environment-variables/
  process.env.CLOUDFLARE_INCLUDE_PROCESS_ENV = 'true'
  const server = await startServer()
  project.provide('origin', server.origin)
  project.provide('elsewhere', elsewhere)
  return server.stop
}
