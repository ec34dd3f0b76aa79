import { inLanguages } from './current'
import de from './de/problem-page'
import en from './en/problem-page'

/** The pages of what went wrong. */
export const t = inLanguages({ en, de })
