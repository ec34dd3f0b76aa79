// `npm run deploy [-- --dry-run] [--wait SECONDS]`: makes what is missing in the Cloudflare account, applies the
// migrations, deploys, asks for the health (for at most that long, 90 s) and says what a person must still do.
// A second run finds everything in place. `--dry-run` needs no account: it says what would be done, and bundles.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { parse } from 'smol-toml'
import {
  askForMail,
  askForSecrets,
  listOpenSettings,
  planDeploy,
  readMailDomain,
  readOrigin,
  SECRETS,
  writeCommand,
} from './deploy-plan.mjs'

const AGAIN = ['npm run deploy']
const { isDryRun, waitMs } = parseOptions()
const { config, steps } = await readSettings()
const env = {
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  PSEUDO: '', // the build has no languages of tests, whatever the shell was used for
}

if (isDryRun) await rehearse()
else await deploy()

async function rehearse() {
  console.log('Would run, in this order:\n')
  for (const step of steps) {
    console.log(`  ${writeCommand(step)}${step.waitsFor ? ` # once ${step.waitsFor} is set` : ''}`)
    if (step.file) console.log(`    # ${step.file.name}: ${JSON.stringify(step.file.content)}`)
    if (step.applies) console.log(`    # those of these that it has not run: ${step.applies.join(', ')}`)
  }
  const origin = readOrigin(config)
  if (origin) console.log(`  curl -i ${origin}/healthz`)
  const domain = readMailDomain(config)
  printOpen([
    ...listOpenSettings(config, null),
    askForSecrets(config, SECRETS),
    ...(domain ? [askForMail(domain)] : []),
  ])
  const { code } = await runWrangler(['deploy', '--dry-run'], 'inherit')
  if (code !== 0) stop('The Worker cannot be bundled (see above).', ['npm run deploy -- --dry-run'])
}

async function deploy() {
  const accountId = await findAccount()
  env.CLOUDFLARE_ACCOUNT_ID = accountId // one answer for every command
  for (const [index, step] of steps.entries()) {
    if (step.waitsFor) {
      console.log(`${step.title}: waits for ${step.waitsFor}`)
      continue
    }
    const outcome = await take(step)
    if (outcome.code !== 0) {
      const left = steps.slice(index + 1).map(({ title }) => title)
      const undone = left.length > 0 ? `\nNot done: ${left.join(', ')}.` : ''
      printOpen(listOpenSettings(config, accountId)) // the cause may be among them
      stop(`${outcome.output.trim()}\n\nFailed: ${step.title}\n  ${writeCommand(step)}${undone}`, AGAIN)
    }
    console.log(`${step.title}: ${outcome.wasThere ? 'is there' : 'done'}`)
  }
  const open = [...listOpenSettings(config, accountId), ...(await listOpenDuties())]
  const complaint = await askHealth()
  printOpen(open)
  if (complaint) stop(complaint.what, complaint.next)
}

/** Does a step, unless it is done. */
async function take({ command, unless, file, asks }) {
  if (unless && (await runWrangler(unless)).code === 0) return { code: 0, output: '', wasThere: true }
  if (!file) return runWrangler(command, asks ? 'inherit' : 'pipe')
  const directory = await mkdtemp(join(tmpdir(), 'cameo-deploy-'))
  try {
    const path = join(directory, file.name)
    await writeFile(path, JSON.stringify(file.content))
    return await runWrangler(command.map((argument) => (argument === file.name ? path : argument)))
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** The account to deploy to: as said, or the only one of whoever is logged in. */
async function findAccount() {
  const said = config.account_id || process.env.CLOUDFLARE_ACCOUNT_ID
  if (said) return said
  const { code, answer } = await runWrangler(['whoami', '--json'])
  if (code !== 0) stop('Not logged in to Cloudflare.', ['npx wrangler login', ...AGAIN])
  const { accounts } = JSON.parse(answer)
  if (accounts.length === 1) return accounts[0].id
  stop(
    `Which account? ${accounts.map(({ id, name }) => `\n  ${id}  ${name}`).join('')}`,
    AGAIN.map((line) => `CLOUDFLARE_ACCOUNT_ID=${accounts[0]?.id ?? 'ACCOUNT'} ${line}`),
  )
}

/** What only a person can do, as far as the account tells. */
async function listOpenDuties() {
  const open = []
  const secrets = await runWrangler(['secret', 'list', '--format', 'json'])
  const known = secrets.code === 0 ? JSON.parse(secrets.answer) : []
  const missing = SECRETS.filter((name) => !known.some((secret) => secret.name === name))
  if (missing.length > 0) open.push(askForSecrets(config, missing))
  const domain = readMailDomain(config)
  if (domain) {
    const settings = await runWrangler(['email', 'sending', 'settings', domain])
    if (settings.code !== 0 || !/enabled:\s+true/i.test(settings.answer)) open.push(askForMail(domain))
  }
  return open
}

/** Null where the Worker says it is well. A new domain takes a minute to be known: asked until then. */
async function askHealth() {
  const origin = readOrigin(config)
  if (!origin) return null
  const until = Date.now() + waitMs
  for (;;) {
    const answer = await fetch(`${origin}/healthz`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    }).catch((error) => error)
    if (answer.status === 200) {
      console.log(`health of ${origin}: good`)
      return null
    }
    if (Date.now() >= until) {
      const code = answer.status && (await answer.json().catch(() => null))?.code
      const said = answer.status ? [answer.status, code].filter((part) => part).join(' ') : answer.cause?.code
      return {
        what: `Deployed, but ${origin}/healthz does not answer 200: ${said ?? answer.message}`,
        next: [`curl -i ${origin}/healthz`, 'npx wrangler tail'],
      }
    }
    await sleep(3000)
  }
}

/**
 * Runs wrangler to its end. Without the terminal it asks nothing and writes nothing into wrangler.toml. `output` is
 * all that it printed; `answer` leaves out its warnings, so it is JSON where JSON was asked for.
 */
function runWrangler(args, stdio = 'pipe') {
  const child = spawn('wrangler', args, { env, stdio: stdio === 'pipe' ? ['ignore', 'pipe', 'pipe'] : stdio })
  let output = ''
  let answer = ''
  child.stdout?.on('data', (chunk) => (answer += chunk))
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  return new Promise((done) => {
    child.on('error', (error) =>
      done({ code: 1, output: `wrangler does not start (npm ci?): ${error.message}` }),
    )
    child.on('close', (code) => done({ code: code ?? 1, output, answer }))
  })
}

function printOpen(open) {
  if (open.length > 0) console.log('\nLeft for you:')
  for (const { what, next } of open) console.log(`\n${what}\n${next.map((line) => `  ${line}`).join('\n')}`)
  if (open.some(({ what }) => what.includes('wrangler.toml'))) console.log(`\nThen: ${AGAIN[0]}`)
}

/** wrangler.toml, read as wrangler reads it (by the same parser), and the steps that follow from it. */
async function readSettings() {
  try {
    const config = { vars: {}, queues: {}, ...parse(await readFile('wrangler.toml', 'utf8')) }
    return { config, steps: planDeploy(config) }
  } catch (error) {
    stop(error.message, AGAIN)
  }
}

function stop(what, next) {
  console.error(`\n${what}\n\nNext:\n${next.map((line) => `  ${line}`).join('\n')}`)
  process.exit(1)
}

function parseOptions() {
  try {
    const { values } = parseArgs({
      options: { 'dry-run': { type: 'boolean', default: false }, wait: { type: 'string', default: '90' } },
    })
    return { isDryRun: values['dry-run'], waitMs: Number(values.wait) * 1000 }
  } catch (error) {
    stop(error.message, ['npm run deploy -- --dry-run'])
  }
}
