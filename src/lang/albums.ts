import { inLanguages } from './current'
import de from './de/albums'
import en from './en/albums'

/** Albums, in a list and one by one. */
export const t = inLanguages({ en, de })
