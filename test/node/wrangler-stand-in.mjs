#!/usr/bin/env node
// Stands where `wrangler` is looked for: a Cloudflare account in the file $ACCOUNT, as far as a deploy asks for it.
// It answers as wrangler 4.155.0 does, and refuses what Cloudflare would refuse.
import { readFileSync, writeFileSync } from 'node:fs'

const path = process.env.ACCOUNT
const account = JSON.parse(readFileSync(path, 'utf8'))
const line = process.argv.slice(2).join(' ')
const { code, output } = answer()
writeFileSync(path, JSON.stringify({ ...account, calls: [...account.calls, line] }))
process.stderr.write('\n[WARNING] Processing wrangler.toml configuration: { }\n')
process[code === 0 ? 'stdout' : 'stderr'].write(`${output}\n`)
process.exit(code)

function answer() {
  if (account.breaksAt && line.startsWith(account.breaksAt)) return refuse('fetch failed')
  if (line === 'whoami --json') {
    return account.members
      ? accept(JSON.stringify({ loggedIn: true, accounts: account.members }, null, 2))
      : refuse('{ "loggedIn": false }')
  }
  const [, kind, verb, name, flags = ''] =
    /^(d1|r2 bucket|queues) (info|create) (\S+)( --json)?$/.exec(line) ?? []
  if (kind) {
    const key = `${kind} ${name}`
    if (verb === 'info')
      return account.has.includes(key) ? accept(`{ "name": "${name}" }${flags}`) : refuse('none')
    if (account.has.includes(key)) return refuse(`${name} is already taken`)
    account.has.push(key)
    return accept(`Created ${name}`)
  }
  const [, rule, bucket, file] =
    /^r2 bucket (cors|lifecycle) set (\S+) --file (\S+) --force$/.exec(line) ?? []
  if (rule) {
    if (!account.has.includes(`r2 bucket ${bucket}`)) return refuse('The specified bucket does not exist.')
    account[rule] = { bucket, ...JSON.parse(readFileSync(file, 'utf8')) }
    return accept('set')
  }
  if (line === 'd1 migrations apply DB --remote') {
    if (!account.has.some((key) => key.startsWith('d1 '))) return refuse("Couldn't find a D1 DB")
    account.isMigrated = true
    return accept('applied')
  }
  if (line === 'deploy') {
    if (process.env.PSEUDO) return refuse('this code would speak the languages of tests')
    if (!account.isMigrated) return refuse('this code would serve before its migrations')
    account.isDeployed = true
    return accept('Deployed cameo')
  }
  if (line === 'secret list --format json') {
    return account.isDeployed ? accept(JSON.stringify(account.secrets, null, 2)) : refuse('no such Worker')
  }
  const [, domain] = /^email sending settings (\S+)$/.exec(line) ?? []
  if (domain) {
    if (account.mailDomain !== domain) return refuse(`No sending subdomain found for ${domain}`)
    return accept(`Email Sending for ${domain}:\n  Enabled:            true`)
  }
  return refuse(`Unknown arguments: ${line}`)
}

function accept(output) {
  return { code: 0, output }
}

function refuse(output) {
  return { code: 1, output }
}
