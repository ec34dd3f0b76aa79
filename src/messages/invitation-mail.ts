import { senderOf } from '../accounts/mail'
import type { Capabilities } from '../capabilities'
import { currentLanguage } from '../lang/current'
import { t } from '../lang/mails'

/**
 * Mails that somebody wrote, in the sender's language: no word of what. Whoever gets it says with one press that it is
 * the last (RFC 8058).
 * @param values.name the sender's, as they call themself; empty for none
 */
export async function mailInvitation(
  { email, config }: Pick<Capabilities, 'email' | 'config'>,
  values: { to: string; name: string; signIn: string; stop: string },
): Promise<void> {
  const { to, signIn, stop } = values
  const { subject, said, how, last, somebody } = t().invitation
  const name = plainName(values.name) || somebody
  const [words, advice, end] = [said(name), how, last].map(escapeHtml)
  const mail = {
    from: senderOf(config),
    to,
    subject: subject(name),
    text: `${said(name)}\n\n${how}\n${signIn}\n\n${last}\n${stop}\n`,
    html: `<div lang="${currentLanguage()}"><p>${words}</p><p>${advice}<br><a href="${signIn}">${signIn}</a></p><p>${end}<br><a href="${stop}">${stop}</a></p></div>`,
    headers: { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  }
  await email.send(mail, { invitation: true })
}

/** Longest name in a mail, in characters. */
const MAX_NAME = 60

/**
 * A name as it may stand in a mail to somebody who knows nothing of us: one line, in one direction, and nothing that a
 * mail program makes a link of. Whoever gets it must not take it for advice of ours.
 */
function plainName(name: string): string {
  const line = name
    .normalize('NFKC') // other forms of dots and slashes
    .replace(/[\p{Cc}\p{Zl}\p{Zp}:/\\@<>[\](){}]/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/[.\u3002](?=\S)/gu, '. ')
    .replace(/\s+/g, ' ')
  return [...line.trim()].slice(0, MAX_NAME).join('').trim()
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
