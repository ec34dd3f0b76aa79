import type { Config } from '../config'
import { wideNetwork } from '../http/limits'
import { Problem } from '../http/problems'
import { logFailure } from '../lib/failures'
import { type Counted, type Counters, countUse, dayOf, type Line, secondsLeft, takeBackUse } from './counts'
import { hashNetwork } from './networks'

/** What costs the operator money, or room, each time. */
export type Kind = 'transforms' | 'mails' | 'accounts'

export interface Till extends Counters {
  config: Config
  /** Whom a use counts for, as `clientKey` says it; null for the service alone. */
  client: string | null
}

/** What is known of a use beside the client. */
export interface Use {
  /** The mail is for a browser that has signed in as its receiver before: it may use the reserve. */
  known?: boolean
  /** The mail is one that nobody waits for: codes come first. */
  invitation?: boolean
  /** Whose photos cost the transform: a person's id. */
  owner?: string
}

/** What was counted, to take it back. */
export interface Receipt {
  kind: Kind
  lines: Line[]
}

/** The settings of each kind: a day of the whole service, and of one client in it. */
const SETTINGS = {
  transforms: { service: 'budgetTransforms', client: 'clientTransforms' },
  mails: { service: 'budgetMails', client: 'clientMails' },
  accounts: { service: 'budgetAccounts', client: 'clientAccounts' },
} as const satisfies Record<Kind, { service: keyof Config; client: keyof Config }>

/** A /48 is allowed as much as so many clients: it may be one customer, or some thousands. */
const CLIENTS_IN_A_WIDE_NETWORK = 4

/** The line of the whole service. */
const EVERYBODY = ''

/**
 * The part of a day's mails that is for browsers that have signed in before: some twenty networks can use up all that
 * strangers get, and would else lock everybody out.
 */
const RESERVED_MAILS = 0.2

/** The part of a day's mails, of the service and of each client, after which no invitation goes out. */
const INVITED_MAILS = 0.5

/** What strangers get of a day's mails: at least the first, or nobody could ever begin; invitations, what is left over. */
function limitMails(service: number, { known, invitation }: Use): number {
  if (invitation) return Math.floor(service * INVITED_MAILS)
  return known ? service : Math.max(1, service - Math.ceil(service * RESERVED_MAILS))
}

/**
 * Counts one use against the day of the service and of the client, before it costs anything. A write for each use: it
 * takes some milliseconds and less than a hundredth of a transform's price. Blocks reserved for an isolate would spare
 * it and be lost with each isolate that ends, hundreds at a time, and the budget would be used up by nobody.
 * @throws Problem `budget_exhausted` where the service has used up its day, or an account its part of it;
 *   `rate_limited` where the client has; and whatever the database throws: what cannot be counted is not done
 */
export async function spend(till: Till, kind: Kind, use: Use = {}): Promise<Receipt> {
  const receipt = { kind, lines: await findLines(till, kind, use) }
  if (receipt.lines.length === 0 || (await countUse(till, receipt))) return receipt
  throw await explainRefusal(till, receipt, use)
}

/** Takes back what was counted for something that cost nothing after all. */
export async function takeBack(till: Till, receipt: Receipt): Promise<void> {
  if (receipt.lines.length > 0) await takeBackUse(till, receipt)
}

/** Where a use is counted: nowhere that has no limit. */
async function findLines(till: Till, kind: Kind, use: Use): Promise<Line[]> {
  const { config, client } = till
  const lines: Line[] = []
  const service = config[SETTINGS[kind].service]
  const ofClient = config[SETTINGS[kind].client]
  const limit = use.invitation ? Math.floor(ofClient * INVITED_MAILS) : ofClient
  const { owner } = use
  if (service > 0)
    lines.push({ who: EVERYBODY, limit: kind === 'mails' ? limitMails(service, use) : service })
  if (owner && config.accountTransforms > 0) lines.push({ who: owner, limit: config.accountTransforms })
  if (client && ofClient > 0) {
    lines.push({ who: await hashNetwork(till, client), limit })
    const wide = wideNetwork(client)
    if (wide) lines.push({ who: await hashNetwork(till, wide), limit: limit * CLIENTS_IN_A_WIDE_NETWORK })
  }
  return lines
}

async function explainRefusal(
  till: Till,
  { kind, lines }: Receipt,
  { owner, invitation }: Use,
): Promise<Problem> {
  const { db, now } = till
  const day = dayOf(now)
  const { results } = await db.$client
    .prepare(
      `SELECT who, used, told FROM counts JOIN json_each(?3) AS line ON who = line.value ->> 'who'
       WHERE day = ?1 AND kind = ?2 AND used >= line.value ->> 'limit'`,
    )
    .bind(day, kind, JSON.stringify(lines))
    .all<{ who: string; used: number; told: number }>()
  const options = { retryAfter: secondsLeft(now) }
  const service = results.find(({ who }) => who === EVERYBODY)
  const left = service ? till.config[SETTINGS[kind].service] - service.used : 0
  // Where invitations end, the day does not.
  if (service && !service.told && !invitation) await tellOnce(till, { kind, used: service.used, left })
  if (!service && !results.some(({ who }) => who === owner)) {
    const detail = 'Your network has used up what it may do here today. Try again tomorrow (UTC).'
    return new Problem('rate_limited', detail, options)
  }
  const detail =
    'The photos of this account have used up what they may cost in a day. Try again after 00:00 UTC.'
  const exhausted = new Problem('budget_exhausted', service ? undefined : detail, options)
  exhausted.logged = true // the service's once a day, which was now or before; an account's is its own
  return exhausted
}

/**
 * One line in the log for the day: whoever turns the row writes it.
 * @param values.left how many are left for some
 */
export async function tellOnce(
  { db, now }: Counters,
  values: { kind: Counted; used: number; left: number },
): Promise<void> {
  const { kind, used, left } = values
  const day = dayOf(now)
  const turned = await db.$client
    .prepare('UPDATE counts SET told = 1 WHERE day = ?1 AND kind = ?2 AND who = ?3 AND told = 0')
    .bind(day, kind, EVERYBODY)
    .run()
  if (!turned.meta.changes) return
  const whom = left > 0 ? `the last ${left} are for browsers that have signed in before; others are ` : ''
  const cause = `${used} of ${day} are used up; ${whom}refused until 00:00 UTC`
  logFailure({ what: 'budget', step: kind, cause })
}
