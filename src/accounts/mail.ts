import type { Config, Env } from '../env'

/** Sends a sign-in code to an address. A parameter of `requestCode`, so that tests can make it fail. */
export type SendCode = (mail: { to: string; code: string }) => Promise<void>

/** Sends through the `send_email` binding. The code stands in the subject too: wrangler's log shows no bodies. */
export function codeSender(email: Env['EMAIL'], config: Config): SendCode {
  return async ({ to, code }) => {
    await email.send({
      from: { email: config.mailFrom, name: 'Cameo' },
      to,
      subject: `${code} is your Cameo sign-in code`,
      text: `${code} is your Cameo sign-in code.\n\nType it into the page where you asked for it, within ten minutes.\nIf you did not ask for it, do nothing: without this code nobody can sign in as you.\n`,
      html: `<p>Your Cameo sign-in code:</p><p style="font:700 28px monospace;letter-spacing:4px">${code}</p><p>Type it into the page where you asked for it, within ten minutes.</p><p>If you did not ask for it, do nothing: without this code nobody can sign in as you.</p>`,
    })
  }
}
