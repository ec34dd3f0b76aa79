// Words and numbers for people, shared by the pages and the browser code. In sentences `e-mail` has the hyphen at which
// no line breaks, U+2011: a phone would leave `mail` on the next.

import type { EmailFault } from '../../lib/email'

/** What is wrong with a typed e-mail address. */
export const FAULTS: Record<EmailFault, string> = {
  form: 'Type your e\u2011mail address, such as you@example.com.',
  letters:
    'We cannot send mail to this address: before the @ only a to z, digits and signs such as . _ - + work.',
}

export const SHORT_CODE = 'The code has eight digits.'

/** `10 MB`, `1.4 MB`, `12 KB`: binary multiples under their everyday names, as file managers show them. */
export function formatBytes(bytes: number): string {
  const [value, unit] = bytes >= 1024 * 1024 ? [bytes / 1024 / 1024, 'MB'] : [Math.max(1, bytes / 1024), 'KB']
  return `${value.toFixed(value < 10 ? 1 : 0).replace(/\.0$/, '')} ${unit}`
}

/** `12 Nov 2026`. */
export function formatDate(time: number): string {
  return new Date(time).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
}

/** `12 Nov 2026, 14:05`, by the clock of whoever looks: for browser code. */
export function formatMoment(time: number): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

/** `1 photo`, `12 photos`. */
export function countPhotos(count: number): string {
  return count === 1 ? '1 photo' : `${count} photos`
}

/** Whether an address leads to what it shows. */
export function describeLookup(publicLookup: boolean): string {
  return publicLookup
    ? 'On: sites that point here find the picture by this address.'
    : 'Off: whoever asks by this address gets the answer for an unknown person.'
}

/** What others see at one's URL. */
export function describeState(active: { rating: string } | null): string {
  if (!active)
    return 'No photo of yours is active, so a default picture shows. Upload one, then make it active.'
  if (active.rating === 'g')
    return 'This shows wherever your URL is used. After a change, others hold the old one up to five minutes.'
  const rating = active.rating.toUpperCase()
  return `Your active photo is rated ${rating}. Visitors see it only where a site allows rating ${rating}, as the URL below does. Elsewhere a default picture shows.`
}
