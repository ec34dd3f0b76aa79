import { decodePunycode } from './punycode'
import { trimInvisible } from './text'

// The one reading of an e-mail address, for the API, the pages and their browser code.

/** What is wrong with a typed address: its form, or letters before the @ to which no mail can be sent. */
export type EmailFault = 'form' | 'letters'

/** RFC 5321, section 4.5.3.1.3. */
const MAX_LENGTH = 254

/** What HTML's e-mail field takes before the @. */
const SIGNS = "a-z0-9.!#$%&'*+/=?^_`{|}~-"
const LOCAL = new RegExp(`^[${SIGNS}]+$`)
const LOCAL_IN_LETTERS = new RegExp(`^(?:[${SIGNS}]|[^\\p{ASCII}\\s])+$`, 'u')

/**
 * Reads an e-mail address as a person typed or pasted it. What is stored, mailed to and hashed is lower-case ASCII:
 * an international domain in its ASCII form, so that both ways to write it are one account. What HTML's e-mail
 * field takes is taken. Before the @ stands ASCII alone: mail to other letters (RFC 6531) is not sent everywhere.
 * Lower-casing is JavaScript's, as in what other sites hash; mail goes to what comes out of it, so whoever types a
 * letter that only looks like another (K, the Kelvin sign) proves the address that was meant, never somebody else's.
 */
export function readEmail(typed: string): { email: string } | { fault: EmailFault } {
  const text = foldWidth(trimInvisible(typed))
  const at = text.lastIndexOf('@')
  const typedLocal = text.slice(0, Math.max(0, at))
  const local = typedLocal.replace(/\p{Default_Ignorable_Code_Point}/gu, '').toLowerCase()
  const domain = toAsciiDomain(text.slice(at + 1))
  const email = `${local}@${domain}`
  if (!domain || email.length > MAX_LENGTH) return { fault: 'form' }
  if (LOCAL.test(local)) return { email }
  return { fault: LOCAL_IN_LETTERS.test(local) ? 'letters' : 'form' }
}

/**
 * The address with its domain in letters as people write them (`name@müller.example`); null where it has none but
 * ASCII. Sites hash what was typed there, so a person is found by the hash of this form too.
 */
export function unicodeForm(email: string): string | null {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  const labels = domain
    .split('.')
    .map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) : label))
  const decoded = labels.join('.')
  // The platform judges: what does not lead back is not the same domain.
  if (decoded === domain || labels.includes(null) || toAsciiDomain(decoded) !== domain) return null
  return email.slice(0, at + 1) + decoded
}

/** The address as its owner reads it. */
export function showEmail(email: string): string {
  return unicodeForm(email) ?? email
}

/**
 * The address of the mailbox that an address reaches, for counting mails: without a tag (`name+tag@`, RFC 5233), and
 * at Gmail without dots, which mean nothing there (https://support.google.com/mail/answer/7436150). Where a plus is
 * no tag, two people share an allowance of mails, and nothing else.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  const local = email.slice(0, at).replace(/(?<=.)\+.*$/, '')
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com'
  return isGmail ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`
}

/** ASCII as Chinese and Japanese keyboards type it, full width, becomes plain. */
function foldWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/** A domain in lower-case ASCII by the URL Standard's domain to ASCII; null for what is no domain. */
function toAsciiDomain(domain: string): string | null {
  // Nothing that a URL would read as the end of a host, as a port, a name of a user or an escape.
  if (!/^(?:[a-z0-9.-]|\P{ASCII})+$/iu.test(domain)) return null
  const isPlain = !/\P{ASCII}|(?:^|\.)xn--/iu.test(domain) // else 127.1 would become an IP address
  const url = `http://${domain}`
  const ascii = isPlain ? domain.toLowerCase() : URL.canParse(url) ? new URL(url).hostname : ''
  const labels = ascii.split('.')
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) ? ascii : null
}
