import { inLanguages } from './current'
import de from './de/received'
import en from './en/received'

/** What others share with one, and where they tag one. */
export const t = inLanguages({ en, de })
