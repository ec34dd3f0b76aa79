// What a deploy does, from wrangler.toml, the settings and the names of the migrations alone: nothing here calls
// anything, and no resource is named here.
import { readdirSync } from 'node:fs'
import { SETTINGS, variableOf } from '../src/config.ts'

/** Life of what nobody completed. `complete` has moved its bytes long before; the cron forgets its row. */
const UPLOAD_SECONDS = 24 * 60 * 60

/** The migrations there are, in their order. */
export function listMigrations() {
  const names = readdirSync(new URL('../migrations', import.meta.url))
  return names.filter((name) => name.endsWith('.sql')).sort()
}

/**
 * The steps of a deploy, in the order in which they work: what the Worker binds, then the migrations, then the
 * code that needs them. Everything is made before `wrangler deploy`, which would make databases, buckets and
 * the queues that are written to by itself, but only while it deploys: new code would serve before its
 * migrations. It also leaves dead-letter queues out.
 *
 * A step is `{ title, command, unless, file, applies, asks, waitsFor }`, with the arguments of wrangler in `command`; it
 * is left out where those in `unless` succeed, and while the setting that it `waitsFor` is missing. `file`
 * (`{ name, content }`) has to exist under its name while it runs; `applies` names the migrations that it knows. A step
 * that `asks` is given the terminal.
 * @throws Error where PUBLIC_ORIGIN is not an origin
 */
export function planDeploy(config) {
  const origin = readOrigin(config)
  const uploads = config.r2_buckets.find((bucket) => bucket.binding === 'UPLOADS')
  return [
    ...config.d1_databases
      .filter((database) => !database.database_id)
      .map(({ database_name }) => ({
        title: `database ${database_name}`,
        unless: ['d1', 'info', database_name, '--json'],
        command: ['d1', 'create', database_name],
      })),
    ...config.r2_buckets.map((bucket) => ({
      title: `bucket ${bucket.bucket_name}`,
      unless: ['r2', 'bucket', 'info', ...nameBucket(bucket), '--json'],
      command: ['r2', 'bucket', 'create', ...nameBucket(bucket)],
    })),
    ...listQueues(config).map((queue) => ({
      title: `queue ${queue}`,
      unless: ['queues', 'info', queue],
      command: ['queues', 'create', queue],
    })),
    {
      title: `life of abandoned uploads in ${uploads.bucket_name}`,
      command: [
        'r2',
        'bucket',
        'lifecycle',
        'set',
        ...nameBucket(uploads),
        '--file',
        'lifecycle.json',
        '--force',
      ],
      file: { name: 'lifecycle.json', content: { rules: [expireUploads()] } },
    },
    {
      title: `uploads from ${origin ?? 'the page'} to ${uploads.bucket_name}`,
      command: ['r2', 'bucket', 'cors', 'set', ...nameBucket(uploads), '--file', 'cors.json', '--force'],
      file: { name: 'cors.json', content: { rules: [allowUploads(origin ?? 'https://cameo.example')] } },
      waitsFor: origin ? null : 'PUBLIC_ORIGIN',
    },
    ...config.d1_databases.map(({ binding, database_name }) => ({
      title: `migrations of ${database_name}`,
      command: ['d1', 'migrations', 'apply', binding, '--remote'],
      applies: listMigrations(),
    })),
    // It asks before it takes a host from another Worker or a DNS record; without a terminal it takes them.
    { title: `Worker ${config.name}`, command: ['deploy'], asks: true },
  ]
}

/**
 * What wrangler.toml does not say yet and only a person can decide, each `{ what, next }` with lines to type.
 * @param accountId of Cloudflare, or null where it is not known
 */
export function listOpenSettings(config, accountId) {
  const origin = readOrigin(config)
  const open = []
  if (!origin) {
    open.push({
      what: 'Nobody knows where Cameo lives, so uploads and mails do not work. In wrangler.toml, with your domain:',
      next: [
        'routes = [{ pattern = "cameo.example", custom_domain = true }] # above the first [table]',
        '',
        '[vars]',
        'PUBLIC_ORIGIN = "https://cameo.example"',
      ],
    })
  } else if (!hasRoute(config, new URL(origin).hostname)) {
    open.push({
      what: `No route leads from ${origin} to the Worker. In wrangler.toml, above the first [table]:`,
      next: [`routes = [{ pattern = "${new URL(origin).hostname}", custom_domain = true }]`],
    })
  }
  const uploads = config.r2_buckets.find((bucket) => bucket.binding === 'UPLOADS')
  if (!config.vars.S3_ENDPOINT) {
    const jurisdiction = uploads.jurisdiction ? `.${uploads.jurisdiction}` : ''
    open.push({
      what: 'Browsers cannot upload: the S3 endpoint is missing. In wrangler.toml, under [vars]:',
      next: [`S3_ENDPOINT = "https://${accountId ?? 'ACCOUNT'}${jurisdiction}.r2.cloudflarestorage.com"`],
    })
  }
  const signedBucket = SETTINGS.s3Bucket.read(config.vars.S3_BUCKET ?? '')
  if (signedBucket !== uploads.bucket_name) {
    open.push({
      what: `Uploads are signed for the bucket ${signedBucket}. In wrangler.toml, under [vars]:`,
      next: [`S3_BUCKET = "${uploads.bucket_name}"`],
    })
  }
  return open
}

/** Every setting that is a secret: the key pair, which Cameo has no uploads without. */
export const SECRETS = Object.keys(SETTINGS)
  .filter((name) => SETTINGS[name].secret)
  .map(variableOf)

/** How the missing secrets get in: an open point as those of `listOpenSettings`. */
export function askForSecrets(config, missing) {
  const { bucket_name } = config.r2_buckets.find((bucket) => bucket.binding === 'UPLOADS')
  return {
    what:
      'Browsers cannot upload: the key pair is missing. Dashboard, R2, Manage API tokens: Object Read & Write, ' +
      `for ${bucket_name} alone. Then:`,
    next: missing.map((name) => `npx wrangler secret put ${name}`),
  }
}

/** The domain that sign-in codes come from, or null where it is not settled. */
export function readMailDomain(config) {
  const origin = readOrigin(config)
  const sender = config.vars.MAIL_FROM || (origin && `@${new URL(origin).hostname}`)
  return sender ? sender.slice(sender.lastIndexOf('@') + 1).replace(/>.*$/, '') : null
}

/** How the domain comes to send mail: an open point as those of `listOpenSettings`. */
export function askForMail(domain) {
  return {
    what: `Nobody can sign in: ${domain} does not send mail. This adds its DNS records:`,
    next: [`npx wrangler email sending enable ${domain}`],
  }
}

/**
 * `PUBLIC_ORIGIN`, or null where it is not set.
 * @throws Error where it is more or less than an origin: R2 compares origins letter by letter
 */
export function readOrigin(config) {
  const value = config.vars.PUBLIC_ORIGIN
  if (!value) return null
  if (!URL.canParse(value) || new URL(value).origin !== value) {
    throw new Error(`PUBLIC_ORIGIN in wrangler.toml is not an origin like https://cameo.example: ${value}`)
  }
  return value
}

/** A step as a line that a shell takes. */
export function writeCommand({ command, unless }) {
  const write = (args) => `npx wrangler ${args.join(' ')}`
  return unless ? `${write(unless)} || ${write(command)}` : write(command)
}

function listQueues({ queues }) {
  const named = [
    ...(queues.producers ?? []).map((producer) => producer.queue),
    ...(queues.consumers ?? []).flatMap((consumer) => [consumer.queue, consumer.dead_letter_queue]),
  ]
  return [...new Set(named.filter((name) => name))]
}

function hasRoute({ route, routes }, host) {
  const patterns = [route, ...(routes ?? [])].filter((each) => each).map((each) => each.pattern ?? each)
  return patterns.some((pattern) => pattern.replace(/^https?:\/\//, '').split('/')[0] === host)
}

const nameBucket = ({ bucket_name, jurisdiction }) =>
  jurisdiction ? [bucket_name, '--jurisdiction', jurisdiction] : [bucket_name]

/** https://developers.cloudflare.com/api/resources/r2/subresources/buckets/subresources/lifecycle/ */
function expireUploads() {
  const afterADay = { condition: { type: 'Age', maxAge: UPLOAD_SECONDS } }
  return {
    id: 'abandoned uploads',
    enabled: true,
    conditions: {},
    deleteObjectsTransition: afterADay,
    abortMultipartUploadsTransition: afterADay, // `set` replaces the rule for these that R2 begins with
  }
}

/** The headers are those that an upload's URL is signed with and a browser sets. */
function allowUploads(origin) {
  return {
    allowed: { origins: [origin], methods: ['PUT'], headers: ['content-type', 'if-none-match'] },
    exposeHeaders: ['ETag'],
    maxAgeSeconds: 3600,
  }
}
