import { inLanguages } from './current'
import de from './de/mails'
import en from './en/mails'

/** What mails say. */
export const t = inLanguages({ en, de })
