import { spawnSync } from 'node:child_process'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { once } from './src/lib/once.ts'
import { makeFixtures } from './test/fixtures.ts'
import { startStandIn } from './test/stand-in.ts'

process.env.WRANGLER_LOG ??= 'error'
process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'

/** Tests outside of workerd, against the whole server or another program. */
const overHttp = (name: string) => ({
  test: { name, include: [`test/${name}/*.test.ts`], testTimeout: 120_000, hookTimeout: 120_000 },
})

const isInstalled = (command: string) => spawnSync(command, ['-V'], { stdio: 'ignore' }).error === undefined

const standIn = await startStandIn()
const fixtures = once(makeFixtures)

export default defineConfig({
  test: {
    silent: 'passed-only',
    // What a request leaves to do after its answer nobody waits for, and it may load a module when its file is over.
    onUnhandledError: ({ name }) => name !== 'EnvironmentTeardownError',
    maxWorkers: 2, // vitest leaves a core free, which of two is half
    projects: [
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                GRAVATAR_ORIGIN: standIn,
                LIBRAVATAR_ORIGIN: `${standIn}/libravatar`,
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
                FIXTURES: await fixtures(),
                DEFAULT_IMAGE_HOSTS: 'trusted.example',
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['test/*.test.ts'],
          // One runtime for each of the workers, which costs more to start than most files to run: test/setup.ts.
          isolate: false,
          setupFiles: ['./test/setup.ts'],
          testTimeout: 120_000, // a slow machine is no failure
          hookTimeout: 120_000,
        },
      },
      overHttp('node'),
      ...(isInstalled('varnishd') ? [overHttp('varnish')] : []),
      ...(isInstalled('exiftool') ? [overHttp('exiftool')] : []),
    ],
  },
})
