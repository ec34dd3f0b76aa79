/** The languages that Cameo speaks, the first where nobody asks for another. */
export const LANGUAGES = ['en', 'de'] as const

/**
 * English in disguise, for tests: every text of the catalogue in brackets and half as long again, the second read from
 * right to left. Only a build with `PSEUDO=1` has browser code for them, and only with that are they spoken.
 * Their tags: https://cldr.unicode.org/translation/pseudolocalization
 */
export const PSEUDO = ['en-XA', 'ar-XB'] as const

export type Language = (typeof LANGUAGES)[number]
export type Spoken = Language | (typeof PSEUDO)[number]

/** What `Intl` formats by. */
export const LOCALES: Record<Spoken, string> = {
  en: 'en-GB',
  de: 'de-DE',
  'en-XA': 'en-GB',
  'ar-XB': 'en-GB',
}

export function isLanguage(tag: string): tag is Language {
  return LANGUAGES.some((language) => language === tag)
}

export function isPseudo(tag: string): tag is (typeof PSEUDO)[number] {
  return PSEUDO.some((language) => language === tag)
}
