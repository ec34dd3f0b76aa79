import type { Capabilities } from '../capabilities'

/** Mails a sign-in code. It stands in the subject too: wrangler's log shows no bodies. */
export async function sendCode(
  { email, config }: Pick<Capabilities, 'email' | 'config'>,
  { to, code }: { to: string; code: string },
): Promise<void> {
  const host = config.publicOrigin ? new URL(config.publicOrigin).hostname : 'localhost'
  await email.send({
    from: { email: config.mailFrom || `cameo@${host}`, name: 'Cameo' },
    to,
    subject: `${code} is your Cameo sign-in code`,
    text: `${code} is your Cameo sign-in code.\n\nType it into the page where you asked for it, within ten minutes.\nIf you did not ask for it, do nothing: without this code nobody can sign in as you.\n`,
    html: `<p>Your Cameo sign-in code:</p><p style="font:700 28px monospace;letter-spacing:4px">${code}</p><p>Type it into the page where you asked for it, within ten minutes.</p><p>If you did not ask for it, do nothing: without this code nobody can sign in as you.</p>`,
  })
}
