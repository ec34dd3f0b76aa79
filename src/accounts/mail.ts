import type { Capabilities } from '../capabilities'

/**
 * Mails a sign-in code. It stands in the subject too: wrangler's log shows no bodies.
 * @param values.known whether the asking browser has signed in as this address before
 */
export async function sendCode(
  { email, config }: Pick<Capabilities, 'email' | 'config'>,
  values: { to: string; code: string; known: boolean },
): Promise<void> {
  const { to, code, known } = values
  const host = config.publicOrigin ? new URL(config.publicOrigin).hostname : 'localhost'
  const mail = {
    from: { email: config.mailFrom || `cameo@${host}`, name: 'Cameo' },
    to,
    subject: `${code} is your Cameo sign-in code`,
    text: `${code} is your Cameo sign-in code.\n\nType it into the page where you asked for it, within ten minutes.\nIf you did not ask for it, do nothing: without this code nobody can sign in as you.\n`,
    html: `<p>Your Cameo sign-in code:</p><p style="font:700 28px monospace;letter-spacing:4px">${code}</p><p>Type it into the page where you asked for it, within ten minutes.</p><p>If you did not ask for it, do nothing: without this code nobody can sign in as you.</p>`,
  }
  await email.send(mail, { known })
}
