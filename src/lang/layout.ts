import { inLanguages } from './current'
import de from './de/layout'
import en from './en/layout'

/** What stands on every page. */
export const t = inLanguages({ en, de })
