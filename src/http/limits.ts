import { Problem } from './problems'

/**
 * Who a request counts as for rate limits: the client's IP, IPv6 cut to its /64, which is what one
 * customer is given. Cloudflare sets the header itself; a client cannot.
 */
export function clientKey(request: Request): string {
  const ip = request.headers.get('cf-connecting-ip') ?? ''
  if (!ip.includes(':')) return ip
  const [head = '', tail] = ip.toLowerCase().split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail?.split(':').filter(Boolean) ?? []
  const groups = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/**
 * The /48 around a client, which is what one customer of a provider can be given whole: 65,536 times our /64. null for
 * IPv4, where nobody has so many.
 * @param client as `clientKey` gives it
 */
export function wideNetwork(client: string): string | null {
  return client.includes(':') ? `${client.split(':').slice(0, 3).join(':')}::/48` : null
}

/**
 * Counts a call against the client's allowance.
 * @throws Problem `rate_limited`
 */
export async function limitClient(limiter: RateLimit, request: Request): Promise<void> {
  const { success } = await limiter.limit({ key: clientKey(request) })
  if (!success) throw new Problem('rate_limited', undefined, { retryAfter: 60 })
}

/**
 * Counts an upload that is about to be verified, which is billed, against the minute of its client and of the /48
 * around it. Whose client is not known (local development) is not counted.
 * @throws Problem `rate_limited`
 */
export async function limitVerifications(
  env: Pick<Env, 'VERIFY_LIMIT' | 'VERIFY_WIDE_LIMIT'>,
  request: Request,
): Promise<void> {
  const client = clientKey(request)
  if (!client) return
  const [narrow, wide] = await Promise.all([
    env.VERIFY_LIMIT.limit({ key: client }),
    env.VERIFY_WIDE_LIMIT.limit({ key: wideNetwork(client) ?? client }),
  ])
  if (!narrow.success || !wide.success) throw new Problem('rate_limited', undefined, { retryAfter: 60 })
}

/**
 * Counts a call against the person's allowance of the minute; wrangler.toml says what each limiter is for.
 * @throws Problem `rate_limited`
 */
export async function limitPerson(limiter: RateLimit, user: { id: string }): Promise<void> {
  const { success } = await limiter.limit({ key: user.id })
  if (!success) throw new Problem('rate_limited', undefined, { retryAfter: 60 })
}

/**
 * Counts a password that somebody tries at a link against the minute of both.
 * @throws Problem `rate_limited`
 */
export async function limitPasswords(limiter: RateLimit, request: Request, linkId: string): Promise<void> {
  const { success } = await limiter.limit({ key: `${clientKey(request)} ${linkId}` })
  if (success) return
  throw new Problem('rate_limited', 'Too many tries. Wait a minute, then try again.', { retryAfter: 60 })
}
