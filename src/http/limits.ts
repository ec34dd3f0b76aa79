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
 * Counts a call against the client's allowance.
 * @throws Problem `rate_limited`
 */
export async function limitClient(limiter: RateLimit, request: Request): Promise<void> {
  const { success } = await limiter.limit({ key: clientKey(request) })
  if (!success) throw new Problem('rate_limited', undefined, { retryAfter: 60 })
}

/**
 * Counts a change of what the public sees against the person's allowance: each queues purges, which the platform
 * rations for all.
 * @throws Problem `rate_limited`
 */
export async function limitChanges(limiter: RateLimit, user: { id: string }): Promise<void> {
  const { success } = await limiter.limit({ key: user.id })
  if (!success) throw new Problem('rate_limited', undefined, { retryAfter: 60 })
}
