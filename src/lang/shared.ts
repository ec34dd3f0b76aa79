import { inLanguages } from './current'
import de from './de/shared'
import en from './en/shared'

/** What several pages say. */
export const t = inLanguages({ en, de })
