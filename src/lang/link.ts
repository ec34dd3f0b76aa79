import { inLanguages } from './current'
import de from './de/link'
import en from './en/link'

/** The pages of a link. */
export const t = inLanguages({ en, de })
