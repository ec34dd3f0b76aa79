import { inLanguages } from './current'
import de from './de/problems'
import en from './en/problems'

/** What went wrong, by the code of the problem. */
export const t = inLanguages({ en, de })
