import { inLanguages } from './current'
import de from './de/settings'
import en from './en/settings'

/** The settings. */
export const t = inLanguages({ en, de })
