// `node bench/clients/run.mjs`: asks a local Cameo for the addresses that real client libraries build, and runs the
// snippets of docs/embed.md in every language that is installed. Ends with 1 if anything fails. On Debian, as root,
// it installs the packages it lacks.
import { execFile, execFileSync, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { setServers } from 'node:dns'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const HERE = import.meta.dirname
const ROOT = resolve(HERE, '../..')
const EMAIL = 'MyEmailAddress@example.com '
const MD5 = '0bc83cb571cd1c50ba6f3e8a78ef1346'
const SHA256 = '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee'
const PACKAGES = {
  'libgravatar-url-perl': askPerl,
  'python3-django-gravatar2': askPython,
  'ruby-gravtastic': askRuby,
}
const run = promisify(execFile)

const directory = mkdtempSync(join(tmpdir(), 'cameo-clients-'))
const port = await freePort()
const origin = `http://localhost:${port}`
installClients()
const dns = await startDns()
setServers([`127.0.0.1:${dns.port}`])
const server = await startServer()
let failures = 0
try {
  await askNpm()
  for (const [name, askClient] of Object.entries(PACKAGES))
    if (isInstalled(name)) await askClient()
    else console.log(`skipped  ${name} is not installed`)
  await runSnippets()
} finally {
  server.kill('SIGTERM')
  await once(server, 'close')
  dns.socket.close()
  rmSync(directory, { recursive: true, force: true })
}
console.log(failures ? `${failures} failed` : 'all fine')
process.exit(failures ? 1 : 0)

async function askNpm() {
  const { default: gravatar } = await import('gravatar')
  const { default: libravatar } = await import('libravatar')
  const styles = { size: '96', default: 'identicon' }
  await ask('npm gravatar', () => gravatar.url(EMAIL, { s: '200', r: 'pg', d: 'retro', cdn: origin }))
  await ask('npm gravatar', () => gravatar.url(EMAIL, { d: '404', cdn: origin }), 404)
  await ask('npm libravatar, by DNS', () => libravatar.get_avatar_url({ email: EMAIL, ...styles }))
  await ask('npm libravatar, by DNS', () => libravatar.get_avatar_url({ email: EMAIL, default: '404' }), 404)
}

async function askPerl() {
  const options = `email => $ARGV[0], size => 96, default => 'monsterid'`
  const perl = (module, rest) => () =>
    print('perl', [
      '-e',
      `use ${module}::URL; print ${module.toLowerCase()}_url(${options}${rest})`,
      EMAIL.trim(),
    ])
  const base = `, base => '${origin}/avatar/'`
  await ask('Perl Gravatar::URL', perl('Gravatar', `${base}, rating => 'r'`))
  await ask('Perl Gravatar::URL, long', perl('Gravatar', `${base}, short_keys => 0`))
  await ask('Perl Libravatar::URL', perl('Libravatar', base))
  await ask('Perl Libravatar::URL, by DNS', perl('Libravatar', ''))
}

async function askPython() {
  const django = `
import sys
from django.conf import settings
settings.configure(GRAVATAR_SECURE_URL="${origin}/", GRAVATAR_DEFAULT_IMAGE="wavatar")
from django_gravatar.helpers import get_gravatar_url
print(get_gravatar_url(sys.argv[1].strip(), size=150), end="")`
  await ask('Python django-gravatar2', () => print('/usr/bin/python3', ['-c', django, EMAIL]))
}

/** Gravtastic has no setting for the host: the method that names it is replaced, as an application would. */
async function askRuby() {
  const gravtastic = `
require 'gravtastic'
class Person
  include Gravtastic
  gravtastic size: 120, default: 'robohash', forcedefault: true
  def email = ARGV[0].strip
  def gravatar_hostname(_) = '${origin}/avatar/'
end
print Person.new.gravatar_url`
  await ask('Ruby gravtastic', () => print('ruby', ['-e', gravtastic, EMAIL]))
}

/** Builds an address, asks for it and says what came. */
async function ask(client, build, status = 200) {
  try {
    const url = await build()
    const response = await fetch(url)
    const type = response.headers.get('content-type')
    await response.arrayBuffer()
    const right = url.startsWith(origin) && url.includes(MD5) && response.status === status
    report(right && (status !== 200 || type === 'image/png'), client, `${url} → ${response.status} ${type}`)
  } catch (error) {
    report(false, client, error.message)
  }
}

async function runSnippets() {
  const guide = readFileSync(join(ROOT, 'docs/embed.md'), 'utf8')
  const snippet = (name) => new RegExp(`^### ${name}\n\n\`\`\`\\w+\n(.*?)^\`\`\`$`, 'ms').exec(guide)[1]
  const languages = {
    Node: ['mjs', 'node', (code) => `${code}console.log(hashEmail(process.argv[2]))`],
    Python: ['py', 'python3', (code) => `import sys\n${code}\nprint(hash_email(sys.argv[1]))`],
    PHP: ['php', 'php', (code) => `<?php\n${code}echo hash_email($argv[1]), "\\n";`],
    Ruby: ['rb', 'ruby', (code) => `${code}puts hash_email(ARGV[0])`],
    Go: ['go', 'go', goProgram],
    Shell: ['sh', 'sh', (code) => `${code}hash_email "$1"`],
  }
  for (const [name, [extension, command, complete]] of Object.entries(languages)) {
    if (!succeeds('sh', ['-c', `command -v ${command}`])) {
      console.log(`skipped  ${name} snippet: ${command} is not installed`)
      continue
    }
    const file = join(directory, `hash.${extension}`)
    writeFileSync(file, complete(snippet(name)))
    const hash = await print(command, [...(command === 'go' ? ['run'] : []), file, EMAIL]).catch(String)
    report(hash.trim() === SHA256, `${name} snippet`, hash.trim())
  }
}

function goProgram(code) {
  return `package main\n${code.replace('import (', 'import (\n"fmt"\n"os"')}
func main() { fmt.Println(hashEmail(os.Args[1])) }`
}

function report(right, client, text) {
  if (!right) failures++
  console.log(`${right ? 'ok      ' : 'FAILED  '} ${client}: ${text}`)
}

async function print(command, args) {
  const env = {
    ...process.env,
    RES_NAMESERVERS: '127.0.0.1', // both are of Perl's Net::DNS
    RES_OPTIONS: `port:${dns.port}`,
    GOCACHE: join(directory, 'go'),
    GO111MODULE: 'off',
  }
  return (await run(command, args, { env, cwd: directory })).stdout
}

/** The npm libraries, and those of Debian where that is possible. */
function installClients() {
  if (!existsSync(join(HERE, 'node_modules'))) execFileSync('npm', ['ci'], { cwd: HERE, stdio: 'inherit' })
  const missing = Object.keys(PACKAGES).filter((name) => !isInstalled(name))
  if (missing.length && process.getuid?.() === 0 && succeeds('apt-get', ['-qq', 'update']))
    succeeds('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...missing])
}

function isInstalled(name) {
  return succeeds('dpkg', ['-s', name])
}

function succeeds(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A name server that gives every name one SRV record: this Cameo. */
async function startDns() {
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    let end = 12
    while (query[end] !== 0) end += query[end] + 1
    const question = query.subarray(12, end + 5)
    const header = Buffer.from([query[0], query[1], 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0])
    const target = Buffer.from('\tlocalhost\0', 'latin1')
    const record = Buffer.from([0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, 6 + target.length, 0, 0, 0, 0])
    const place = Buffer.from([port >> 8, port & 255])
    socket.send(Buffer.concat([header, question, record, place, target]), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { socket, port: socket.address().port }
}

async function startServer() {
  const script = join(ROOT, 'scripts/dev.mjs')
  const child = spawn(process.execPath, [script, '--port', `${port}`, '--persist-to', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false }))
    if (`${chunk}`.includes('Mailbox')) return child
  throw new Error('the server ended')
}

async function freePort() {
  const socket = createServer().listen(0)
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}
