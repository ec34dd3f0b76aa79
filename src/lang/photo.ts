import { inLanguages } from './current'
import de from './de/photo'
import en from './en/photo'

/** What stands on the page of a photo. */
export const t = inLanguages({ en, de })
