// `npm run dev [-- --port 8787 --persist-to DIR]`: applies the local migrations, starts `wrangler dev`
// and prints two URLs. Apart from that it is quiet, and it leaves no process behind.
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { constants } from 'node:os'
import { delimiter, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const root = resolve(import.meta.dirname, '..')
const env = {
  ...process.env,
  // Wrangler needs a newer Node than may be installed; the project brings one.
  PATH: resolve(root, 'node_modules/.bin') + delimiter + process.env.PATH,
  CI: '1', // in a terminal the migrations ask before they run
  WRANGLER_LOG: 'error', // keeps `console.error` and failures, drops warnings about local stand-ins
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false', // request.cf is fetched from the network otherwise
}
const { port, persist } = parseOptions()
if (await isListening(port)) fail(`Port ${port} is in use. Choose another one: npm run dev -- --port N`)

let child // leads a process group of its own: wrangler, the server, the bundler
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal))
// npm that is killed outright passes no signal on: the only sign is a new parent.
const parent = process.ppid
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && stop('SIGTERM'), 500)

const migration = await run(['d1', 'migrations', 'apply', 'DB', '--local', ...persist], 'pipe')
if (migration.code !== 0 && !stopping) fail(migration.output)
if (stopping) process.exit(migration.code)
announce()
const server = await run(['dev', '--port', `${port}`, '--inspector-port', '0', ...persist], 'inherit')
process.exit(server.code)

/** Runs wrangler until nothing of its process group is left; the code is 128 + number for a signal. */
async function run(args, stdio) {
  child = spawn('wrangler', args, { cwd: root, env, detached: true, stdio: ['ignore', stdio, stdio] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  child.on('error', (error) => fail(`wrangler does not start (npm ci?): ${error.message}`))
  // Outlives this process whatever ends it: its input closes then, and it ends the group.
  const guard = `read _; kill -TERM -${child.pid} && sleep 3 && kill -KILL -${child.pid}`
  const guardian = spawn('sh', ['-c', guard], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  const code = await new Promise((done) =>
    child.on('close', (exit, signal) => done(exit ?? 128 + constants.signals[signal])),
  )
  for (let waited = 0; waited < 1000 && signalGroup(waited < 500 ? 'SIGTERM' : 'SIGKILL'); waited += 100) {
    await sleep(100)
  }
  guardian.kill('SIGKILL') // the number of the group may belong to somebody else later
  return { code, output }
}

function stop(signal) {
  if (!stopping) setTimeout(() => signalGroup('SIGKILL'), 5000)
  stopping = true
  signalGroup(signal)
}

/** Whether there was anybody to signal. */
function signalGroup(signal) {
  try {
    return process.kill(-child.pid, signal)
  } catch {
    return false
  }
}

async function announce() {
  const origin = `http://localhost:${port}`
  const isUp = () => fetch(origin, { redirect: 'manual' }).then((response) => response.body?.cancel() ?? true)
  while (
    !(await isUp().then(
      () => true,
      () => false,
    ))
  )
    await sleep(200)
  if (!stopping) console.log(`Cameo     ${origin}\nMailbox   ${origin}/cdn-cgi/local/explorer/email/sending`)
}

function isListening(port) {
  return new Promise((done) => {
    const socket = connect(port, 'localhost')
    socket.on('connect', () => done(socket.destroy() && true)).on('error', () => done(false))
  })
}

function parseOptions() {
  try {
    const options = { port: { type: 'string', default: '8787' }, 'persist-to': { type: 'string' } }
    const { values } = parseArgs({ options })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`Not a port: ${values.port}`)
    return { port, persist: values['persist-to'] ? ['--persist-to', resolve(values['persist-to'])] : [] }
  } catch (error) {
    fail(error.message)
  }
}

function fail(message) {
  console.error(message.trim())
  process.exit(1)
}
