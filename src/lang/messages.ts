import { inLanguages } from './current'
import de from './de/messages'
import en from './en/messages'

/** The inbox and its threads. */
export const t = inLanguages({ en, de })
