import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { contextStorage, tryGetContext } from 'hono/context-storage'
import { createMiddleware } from 'hono/factory'
import assets from '../../../dist/assets.json'
import { readCookie } from '../../http/cookies'
import { speakBy } from '../../lang/current'
import { isLanguage, isPseudo, LANGUAGES, type Spoken } from '../../lang/languages'

interface SpokenEnv {
  Variables: { language: Spoken }
}

speakBy(() => tryGetContext<SpokenEnv>()?.var.language ?? 'en')

const remember = contextStorage()

/**
 * Whoever is answered reads the page in their language: the one they chose, else the first of those that their browser
 * asks for. Every text that is written meanwhile is in it.
 */
export const speak = speakIn((c) => chosenLanguage(c) ?? askedLanguage(c))

/** The same around one answer, for pages that stand outside of the middleware. */
export function speaking<Answer>(c: Context, answer: () => Answer | Promise<Answer>): Promise<Answer> {
  return around(speak, c, answer)
}

/** The same whatever was chosen: for what caches may keep, which know nothing of cookies. */
export function speakingAsAsked<Answer>(c: Context, answer: () => Answer | Promise<Answer>): Promise<Answer> {
  return around(speakIn(askedLanguage), c, answer)
}

/** A middleware that has everything written in the language that is found for a request. */
function speakIn(find: (c: Context) => Spoken) {
  return createMiddleware<SpokenEnv>(async (c, next) => {
    c.set('language', find(c as Context))
    await remember(c as Context, next)
  })
}

async function around<Answer>(
  middleware: typeof speak,
  c: Context,
  answer: () => Answer | Promise<Answer>,
): Promise<Answer> {
  let given: { answer: Answer } | undefined
  await middleware(c, async () => {
    given = { answer: await answer() }
  })
  if (!given) throw new Error('nothing was answered')
  return given.answer
}

/** The language that was chosen in this browser; null where that of the browser is spoken. */
export function chosenLanguage(c: Context): Spoken | null {
  const chosen = readCookie(c, 'language') ?? ''
  if (isLanguage(chosen)) return chosen
  return isPseudo(chosen) && 'photos.en-XA.js' in assets ? chosen : null
}

/** RFC 9110, section 12.5.4; a language of a country counts as that language (RFC 4647, section 3.4). */
function askedLanguage(c: Context): Spoken {
  const asked = accepts(c, {
    header: 'Accept-Language',
    supports: [...LANGUAGES],
    default: LANGUAGES[0],
    match: (ranges, { supports, default: otherwise }) => {
      const wanted = ranges.filter(({ q }) => q > 0).sort((a, b) => b.q - a.q)
      const known = wanted.map(({ type }) => type.toLowerCase().split('-')[0] ?? '')
      return known.find((language) => supports.includes(language)) ?? otherwise
    },
  })
  return isLanguage(asked) ? asked : LANGUAGES[0]
}
