import type { Context } from 'hono'
import { contextStorage, tryGetContext } from 'hono/context-storage'
import { createMiddleware } from 'hono/factory'
import { parseAccept } from 'hono/utils/accept'
import assets from '../../../dist/assets.json'
import { readCookie } from '../../http/cookies'
import { BY_LANGUAGE } from '../../http/headers'
import { currentLanguage, speakBy } from '../../lang/current'
import { isLanguage, isPseudo, LANGUAGES, type Language, type Spoken } from '../../lang/languages'

interface SpokenEnv {
  Variables: { language: Spoken }
}

speakBy(() => tryGetContext<SpokenEnv>()?.var.language ?? 'en')

const remember = contextStorage()

/**
 * Whoever is answered reads the page in their language: the one they chose, else the first of those that their browser
 * asks for. Every text that is written meanwhile is in it.
 */
export const speak = createMiddleware<SpokenEnv>(async (c, next) => {
  c.set('language', chosenLanguage(c) ?? askedLanguage(c))
  await remember(c as Context, next)
})

/** The same around one answer, for pages that stand outside of the middleware. */
export async function speaking<Answer>(c: Context, answer: () => Answer | Promise<Answer>): Promise<Answer> {
  let given: { answer: Answer } | undefined
  await speak(c, async () => {
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

/** Says of a page in which language it is, and that others get it in another. */
export function tellLanguage(c: Context): void {
  c.header('content-language', currentLanguage())
  c.header('vary', BY_LANGUAGE.vary)
}

/** Browsers ask for a handful of languages; what is longer costs time, and what comes first is what is wanted. */
const MOST_CHARACTERS = 1000

/**
 * RFC 9110, section 12.5.4; a language of a country counts as that language (RFC 4647, section 3.4), and `*` as the first
 * of ours that is not named itself. Where none that is asked for is spoken, the first that is not refused.
 */
function askedLanguage(c: Context): Language {
  const header = c.req.header('accept-language')?.slice(0, MOST_CHARACTERS) ?? ''
  const ranges = parseAccept(header).map(({ type, q }) => ({ tag: type.toLowerCase(), q })) // the best first
  const isNamed = (language: Language) => ranges.some(({ tag }) => languageOf(tag) === language)
  const others = LANGUAGES.find((language) => !isNamed(language))
  const isRefused = (language: Language) => ranges.some(({ tag, q }) => tag === language && q === 0)
  for (const { tag, q } of ranges) {
    const language = tag === '*' ? others : languageOf(tag)
    if (language && q > 0 && !isRefused(language)) return language
  }
  return LANGUAGES.find((language) => !isRefused(language)) ?? LANGUAGES[0]
}

/** That of ours which a tag begins with: `de` of `de-AT`, and of `de_AT`, as some programs write. */
function languageOf(tag: string): Language | undefined {
  const [language = ''] = tag.split(/[-_]/, 1)
  return isLanguage(language) ? language : undefined
}
