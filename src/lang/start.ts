import { inLanguages } from './current'
import de from './de/start'
import en from './en/start'

/** The start page. */
export const t = inLanguages({ en, de })
