import { inLanguages } from './current'
import de from './de/photos'
import en from './en/photos'

/** The page of one's photos. */
export const t = inLanguages({ en, de })
