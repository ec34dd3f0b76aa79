import { inLanguages } from './current'
import de from './de/people'
import en from './en/people'

/** How people are named, and asked for. */
export const t = inLanguages({ en, de })
