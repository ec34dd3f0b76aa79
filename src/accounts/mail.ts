import type { Capabilities } from '../capabilities'
import type { Config } from '../config'
import { logFailure } from '../lib/failures'

const WORDS = {
  'sign-in': {
    subject: 'is your Cameo sign-in code',
    title: 'Your Cameo sign-in code:',
    unasked: 'If you did not ask for it, do nothing: without this code nobody can sign in as you.',
  },
  address: {
    subject: 'is your Cameo code to add this address',
    title: 'Your code to add this address to a Cameo account:',
    unasked: 'If you did not ask for it, do nothing: without this code nobody can add your address.',
  },
  deletion: {
    subject: 'is your Cameo code to delete your account',
    title: 'Your code to delete your Cameo account, with everything in it, for good:',
    unasked:
      'If you did not ask for it, somebody is signed in as you: end the sessions that you do not know, in the settings of Cameo.',
  },
}

/**
 * Mails a code. It stands in the subject too: wrangler's log shows no bodies.
 * @param values.known whether the asker has proven to read this mailbox before
 */
export async function sendCode(
  { email, config }: Pick<Capabilities, 'email' | 'config'>,
  values: { to: string; code: string; purpose: keyof typeof WORDS; known: boolean },
): Promise<void> {
  const { to, code, purpose, known } = values
  const { subject, title, unasked } = WORDS[purpose]
  const where = 'Type it into the page where you asked for it, within ten minutes.'
  const mail = {
    from: senderOf(config),
    to,
    subject: `${code} ${subject}`,
    text: `${code} ${subject}.\n\n${where}\n${unasked}\n`,
    html: `<p>${title}</p><p style="font:700 28px monospace;letter-spacing:4px">${code}</p><p>${where}</p><p>${unasked}</p>`,
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
  const said = `The primary address of your Cameo account is ${values.to} now.`
  const advice =
    'If it was not you who changed it: sign in with this address, make it the primary one again, and end the sessions that you do not know, in the settings.'
  const mail = {
    from: senderOf(config),
    to: values.from,
    subject: 'Your Cameo account has another primary address',
    text: `${said}\n\n${advice}\n`,
  }
  await email
    .send(mail, { known: true })
    .catch((cause) => logFailure({ what: 'mail', step: 'primary', cause }))
}

function senderOf(config: Config): { email: string; name: string } {
  const host = config.publicOrigin ? new URL(config.publicOrigin).hostname : 'localhost'
  return { email: config.mailFrom || `cameo@${host}`, name: 'Cameo' }
}
