import type { TestProject } from 'vitest/node'
import { startServer } from '../node/server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of the local server, `http://localhost:PORT`. */
    address: string
  }
}

/** One local server with empty data for all files. */
export default async function provideServer(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer()
  project.provide('address', server.origin)
  return server.stop
}
