import { inLanguages } from './current'
import de from './de/imports'
import en from './en/imports'

/** Fetching the picture that somebody has at another service. */
export const t = inLanguages({ en, de })
