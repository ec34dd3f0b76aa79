import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const settings = await readFile(join(root, 'wrangler.toml'), 'utf8')
const list = (pattern: RegExp) => [
  ...new Set([...settings.matchAll(pattern)].map(([, name]) => name as string)),
]
const queues = list(/^(?:queue|dead_letter_queue) = "(.+?)"/gm)
const buckets = list(/^bucket_name = "(.+?)"/gm)
const uploads = buckets[1] as string

interface Account {
  calls: string[]
  has: string[]
  secrets: { name: string }[]
  members?: { id: string; name: string }[]
  mailDomain?: string
  /** The beginning of the command that fails. */
  breaksAt?: string
  cors?: { bucket: string; rules: unknown[] }
  lifecycle?: { bucket: string; rules: unknown[] }
  isDeployed?: boolean
}

const empty: Account = { calls: [], has: [], secrets: [], members: [{ id: 'acc0', name: 'Mine' }] }
const everything = [
  'd1 cameo',
  ...buckets.map((name) => `r2 bucket ${name}`),
  ...queues.map((name) => `queues ${name}`),
].sort()

let directory: string
let health: { server: Server; origin: string; status: number; asked: string[] }

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cameo-deploy-test-'))
  await mkdir(join(directory, 'bin'))
  await symlink(join(root, 'test/node/wrangler-stand-in.mjs'), join(directory, 'bin/wrangler'))
  health = { server: createServer(), origin: '', status: 200, asked: [] }
  health.server.on('request', (request, response) => {
    health.asked.push(`${request.method} ${request.url}`)
    response.statusCode = health.status
    response.end(JSON.stringify(health.status === 200 ? {} : { code: 'database_not_migrated' }))
  })
  await new Promise<void>((listening) => health.server.listen(0, listening))
  health.origin = `http://localhost:${(health.server.address() as AddressInfo).port}`
})
afterEach(async () => {
  health.server.close()
  await rm(directory, { recursive: true })
})

/** Runs the deploy; without `standIn` with the real wrangler, that knows no account and reaches nobody. */
async function run(cwd: string, args: string[], standIn = false) {
  const path = [
    ...(standIn ? [join(directory, 'bin')] : []),
    join(root, 'node_modules/.bin'),
    process.env.PATH,
  ]
  const env = {
    PATH: path.join(delimiter),
    HOME: directory,
    ACCOUNT: join(directory, 'account.json'),
    CLOUDFLARE_API_BASE_URL: 'http://localhost:1',
    PSEUDO: '1', // as who tested in this shell may have left it
  }
  return new Promise<{ code: number; output: string; errors: string }>((done) =>
    execFile(
      process.execPath,
      [join(root, 'scripts/deploy.mjs'), ...args],
      { cwd, env },
      (error, output, errors) =>
        done({ code: error ? (typeof error.code === 'number' ? error.code : -1) : 0, output, errors }),
    ),
  )
}

/** wrangler.toml as an operator completes it. */
function completeSettings() {
  const route = 'routes = [{ pattern = "localhost", custom_domain = true }]'
  const vars = `[vars]
PUBLIC_ORIGIN = "${health.origin}"
MAIL_FROM = "Cameo <cameo@mail.example>"
S3_ENDPOINT = "https://acc0.r2.cloudflarestorage.com"`
  return `${route}\n${settings}\n${vars}\n`
}

/** Deploys to an account, and says what became of it; wrangler.toml stays as it is. */
async function deploy(account: Account, before = completeSettings()) {
  await writeFile(join(directory, 'wrangler.toml'), before)
  await writeFile(join(directory, 'account.json'), JSON.stringify({ ...account, calls: [] }))
  const result = await run(directory, ['--wait', '0'], true)
  expect(await readFile(join(directory, 'wrangler.toml'), 'utf8')).toBe(before)
  const after: Account = JSON.parse(await readFile(join(directory, 'account.json'), 'utf8'))
  return {
    ...result,
    account: after,
    at: (call: string) => after.calls.findIndex((each) => each.startsWith(call)),
  }
}

describe('the rehearsal of a deploy', () => {
  it('says every step without an account and without a network, and bundles the Worker', async () => {
    const { code, output } = await run(root, ['--dry-run'])
    expect(code).toBe(0)
    expect(queues.filter((queue) => queue.endsWith('-dead'))).toHaveLength(3)
    for (const queue of queues) expect(output).toContain(`npx wrangler queues create ${queue}\n`)
    expect(buckets).toHaveLength(2)
    for (const bucket of buckets) expect(output).toContain(`npx wrangler r2 bucket create ${bucket}\n`)
    expect(output).toContain(`npx wrangler r2 bucket cors set ${uploads} `)
    expect(output).toContain(`npx wrangler r2 bucket lifecycle set ${uploads} `)
    const migrations = readdirSync('migrations').filter((name) => name.endsWith('.sql'))
    const order = [
      'd1 create cameo',
      'd1 migrations apply DB --remote',
      migrations.join(', '),
      'wrangler deploy\n',
      '--dry-run: exiting',
    ]
    const places = order.map((words) => output.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })
})

describe('a deploy', () => {
  it('makes all that a new account lacks, and names what is left for a person', async () => {
    const { code, output, account, at } = await deploy(empty)
    expect(code).toBe(0)
    expect(account.has.sort()).toEqual(everything)
    expect(account.cors).toEqual({
      bucket: uploads,
      rules: [
        {
          allowed: { origins: [health.origin], methods: ['PUT'], headers: ['content-type', 'if-none-match'] },
          exposeHeaders: ['ETag'],
          maxAgeSeconds: 3600,
        },
      ],
    })
    expect(account.lifecycle).toMatchObject({
      bucket: uploads,
      rules: [{ enabled: true, deleteObjectsTransition: { condition: { type: 'Age', maxAge: 86_400 } } }],
    })
    expect(at('d1 create')).toBeLessThan(at('d1 migrations apply'))
    expect(at('d1 migrations apply')).toBeLessThan(at('deploy'))
    expect(health.asked).toEqual(['GET /healthz'])
    for (const next of ['secret put S3_ACCESS_KEY_ID', 'secret put S3_SECRET_ACCESS_KEY']) {
      expect(output).toContain(`npx wrangler ${next}`)
    }
    expect(output).toContain('npx wrangler email sending enable mail.example')
  })

  it('changes nothing at a second run, and leaves nothing to do', async () => {
    const first = await deploy(empty)
    const secrets = [{ name: 'S3_ACCESS_KEY_ID' }, { name: 'S3_SECRET_ACCESS_KEY' }]
    const settled = { ...first.account, secrets, mailDomain: 'mail.example' }
    const second = await deploy(settled)
    expect(second.code).toBe(0)
    expect({ ...second.account, calls: [] }).toEqual({ ...settled, calls: [] })
    expect(second.account.calls.filter((call) => call.includes('create'))).toEqual([])
    expect(second.output).not.toContain('Left for you')
  })

  it('stops at the command that fails, and says which and how to go on', async () => {
    const { code, errors, account, at } = await deploy({ ...empty, breaksAt: 'd1 migrations apply' })
    expect(code).toBe(1)
    expect(at('deploy')).toBe(-1)
    expect(account.isDeployed).toBeUndefined()
    expect(errors).toContain('fetch failed')
    expect(errors).toContain('npx wrangler d1 migrations apply DB --remote')
    expect(errors).toContain('Not done: Worker cameo')
    expect(errors).toContain('npm run deploy')
    expect(health.asked).toEqual([])
    const repaired = await deploy({ ...account, has: everything.slice(2), breaksAt: undefined })
    expect(repaired.code).toBe(0)
    expect(repaired.account.calls.filter((call) => call.includes('create'))).toHaveLength(2)
    expect(repaired.account.has.sort()).toEqual(everything)
    expect(repaired.account.isDeployed).toBe(true)
  })

  it('goes as far as it can without settings, and gives the lines to add', async () => {
    const { code, output, account, at } = await deploy(empty, settings)
    expect(code).toBe(0)
    expect(account.isDeployed).toBe(true)
    expect(at('r2 bucket cors')).toBe(-1)
    expect(output).toContain('PUBLIC_ORIGIN = "https://cameo.example"')
    expect(output).toContain('routes = [{ pattern = "cameo.example", custom_domain = true }]')
    expect(output).toContain('S3_ENDPOINT = "https://acc0.r2.cloudflarestorage.com"')
  })

  it('says which settings contradict each other', async () => {
    const slashed = await deploy(empty, completeSettings().replace(health.origin, `${health.origin}/`))
    expect(slashed.code).toBe(1)
    expect(slashed.errors).toContain('PUBLIC_ORIGIN in wrangler.toml is not an origin')
    expect(slashed.account.has).toEqual([])
    const renamed = await deploy(empty, completeSettings().replace(`"${uploads}"`, '"elsewhere"'))
    expect(renamed.code).toBe(0)
    expect(renamed.account.cors?.bucket).toBe('elsewhere')
    expect(renamed.output).toContain('S3_BUCKET = "elsewhere"')
  })

  it('asks whoever is not logged in, or has several accounts, before it makes anything', async () => {
    const stranger = await deploy({ ...empty, members: undefined })
    expect(stranger.code).toBe(1)
    expect(stranger.errors).toContain('npx wrangler login')
    const members = ['acc0', 'acc1'].map((id) => ({ id, name: `of ${id}` }))
    const undecided = await deploy({ ...empty, members })
    expect(undecided.code).toBe(1)
    expect(undecided.errors).toContain('CLOUDFLARE_ACCOUNT_ID=acc0 npm run deploy')
    expect([...stranger.account.has, ...undecided.account.has]).toEqual([])
  })

  it('fails where the Worker is not well', async () => {
    health.status = 503
    const { code, errors, account } = await deploy(empty)
    expect(account.isDeployed).toBe(true)
    expect(code).toBe(1)
    expect(errors).toContain('503 database_not_migrated')
    expect(errors).toContain(`curl -i ${health.origin}/healthz`)
  })
})
