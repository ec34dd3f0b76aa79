import { execFileSync } from 'node:child_process'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { startServer } from '../node/server.ts'
import { startStandIn } from '../stand-in.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of the local server, `http://localhost:PORT`. */
    origin: string
    /** Origin of what stands in for Gravatar and Libravatar. */
    elsewhere: string
    /** Where the browser is reached, `ws://localhost:PORT/…`. */
    browser: string
  }
}

/** One local server with empty data and one Chromium for all files. CHROMIUM names another binary than Debian's. */
export default async function provideServer(project: TestProject): Promise<() => Promise<void>> {
  const elsewhere = await startStandIn()
  process.env.GRAVATAR_ORIGIN = elsewhere
  process.env.LIBRAVATAR_ORIGIN = elsewhere
  // Everybody in these tests is one client.
  process.env.CLIENT_ACCOUNTS = '0'
  process.env.CLIENT_MAILS = '0'
  // The server builds what it serves: English in disguise too, for test/e2e/disguise.test.ts.
  process.env.PSEUDO = '1'
  // https://developers.cloudflare.com/workers/configuration/environment-variables/
  process.env.CLOUDFLARE_INCLUDE_PROCESS_ENV = 'true'
  const server = await startServer()
  const browser = await chromium.launchServer({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  project.provide('origin', server.origin)
  project.provide('elsewhere', elsewhere)
  project.provide('browser', browser.wsEndpoint())
  return async () => {
    await browser.close()
    await server.stop()
    // What is left in dist is what everybody else builds.
    execFileSync(process.execPath, ['build.mjs'], { env: { ...process.env, PSEUDO: '' } })
  }
}
