import Bowser from 'bowser'

/** Longest name that is kept: what a client says of itself has no bound. */
const MAX_NAME = 60

/**
 * "Firefox on Windows", for the person who asks which browsers are signed in: no version, no device. Empty where the
 * browser does not say.
 */
export function nameBrowser(userAgent: string): string {
  if (!userAgent) return ''
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500))
  return [browser.name, os.name].filter(Boolean).join(' on ').slice(0, MAX_NAME)
}
