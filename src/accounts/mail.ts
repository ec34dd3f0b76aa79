import type { Capabilities } from '../capabilities'
import type { Config } from '../config'
import { currentLanguage } from '../lang/current'
import { t } from '../lang/mails'
import { logFailure } from '../lib/failures'

type Purpose = keyof ReturnType<typeof t>['codes']

/**
 * Mails a code, in the language of whoever asks for it. It stands in the subject too: wrangler's log shows no bodies.
 * @param values.known whether the asker has proven to read this mailbox before
 */
export async function sendCode(
  { email, config }: Pick<Capabilities, 'email' | 'config'>,
  values: { to: string; code: string; purpose: Purpose; known: boolean },
): Promise<void> {
  const { to, code, purpose, known } = values
  const { title, unasked, ...words } = t().codes[purpose]
  const { where } = t()
  const subject = words.subject(code)
  const mail = {
    from: senderOf(config),
    to,
    subject,
    text: `${subject}.\n\n${where}\n${unasked}\n`,
    html: `<div lang="${currentLanguage()}"><p>${title}</p><p style="font:700 28px monospace;letter-spacing:4px">${code}</p><p>${where}</p><p>${unasked}</p></div>`,
  }
  await email.send(mail, { known })
}

/**
 * Tells the address that was the primary one that another is: whoever holds somebody's session must not take their
 * account over in silence. A mail that cannot be sent does not undo the change; it is in the log.
 */
export async function tellPrimaryMoved(
  { email, config }: Pick<Capabilities, 'email' | 'config'>,
  values: { from: string; to: string },
): Promise<void> {
  const { subject, said, advice } = t().primary
  const mail = {
    from: senderOf(config),
    to: values.from,
    subject,
    text: `${said(values.to)}\n\n${advice}\n`,
  }
  await email
    .send(mail, { known: true })
    .catch((cause) => logFailure({ what: 'mail', step: 'primary', cause }))
}

/** Whom our mail is from. */
export function senderOf(config: Config): { email: string; name: string } {
  const host = config.publicOrigin ? new URL(config.publicOrigin).hostname : 'localhost'
  return { email: config.mailFrom || `cameo@${host}`, name: 'Cameo' }
}
