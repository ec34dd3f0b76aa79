import { inLanguages } from './current'
import de from './de/where'
import en from './en/where'

/** Where a photo shows. */
export const t = inLanguages({ en, de })
