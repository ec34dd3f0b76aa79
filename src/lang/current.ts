import { isPseudo, type Language, type Spoken } from './languages'
import { disguise } from './pseudo'

/** What a bundle of browser code was made for; nothing of the kind in the Worker, which speaks all of them. */
declare const LANGUAGE: Spoken | undefined

let readSpoken = (): Spoken => 'en'

/** Tells the Worker how to find out for whom it is writing just now. */
export function speakBy(read: () => Spoken): void {
  readSpoken = read
}

/** The language of whoever is being answered; in the browser that of the page. */
export function currentLanguage(): Spoken {
  return typeof LANGUAGE === 'undefined' ? readSpoken() : LANGUAGE
}

/**
 * The texts of one part of Cameo in the language of whoever is being answered. Call what it gives where a text is
 * shown, never when a module loads. In browser code all languages are one: build.mjs puts that of the bundle for each.
 */
export function inLanguages<Texts extends object>(texts: Record<Language, Texts>): () => Texts {
  let disguised: Texts | undefined
  return () => {
    const language = currentLanguage()
    if (!isPseudo(language)) return texts[language]
    disguised ??= disguise(texts.en)
    return disguised
  }
}
