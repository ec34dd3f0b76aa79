import { Hono } from 'hono'
import { readForm } from '../../http/body'
import { clearCookie, writeCookie } from '../../http/cookies'
import { readNext } from '../../http/next'
import { Problem } from '../../http/problems'
import { isLanguage } from '../../lang/languages'
import { DAY, SECOND } from '../../lib/time'
import { isTheme } from '../shared/themes'

/** In seconds: browsers keep no cookie for longer than 400 days (RFC 6265bis, section 5.5). */
const KEPT = (400 * DAY) / SECOND

/** What may be chosen, and what stands for whatever the browser says. */
const CHOICES = [
  { name: 'theme', isChoice: isTheme, none: 'system' },
  { name: 'language', isChoice: isLanguage, none: 'auto' },
] as const

/**
 * How the pages look and speak in one browser, for guests too: remembered in cookies, so that the page that is shown
 * next is drawn that way from its first byte. Back to the page that the form stood on.
 */
export const appearance = new Hono().post('/', async (c) => {
  const field = await readForm(c.req.raw)
  const changes = CHOICES.map((choice) => ({ ...choice, value: field(choice.name) })).filter(
    ({ value }) => value !== '',
  )
  const wrong = changes.find(({ value, isChoice, none }) => value !== none && !isChoice(value))
  if (wrong) throw new Problem('invalid_input', `${wrong.name}: not a choice.`)
  for (const { name, value, none } of changes) {
    if (value === none) clearCookie(c, name)
    else writeCookie(c, name, value, KEPT)
  }
  return c.redirect(readNext(c, '/'), 303)
})
