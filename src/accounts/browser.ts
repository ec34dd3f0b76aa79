/** Longest name that is kept: what a client says of itself has no bound. */
const MAX_NAME = 60

/**
 * "Firefox on Windows", for the person who asks which browsers are signed in: no version, no device. Empty where the
 * browser does not say.
 */
export async function nameBrowser(userAgent: string): Promise<string> {
  if (!userAgent) return ''
  const { default: Bowser } = await import('bowser') // at sign-in alone: it makes hundreds of patterns when it starts
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500))
  return [browser.name, os.name].filter(Boolean).join(' on ').slice(0, MAX_NAME)
}
