import { inLanguages } from './current'
import de from './de/toasts'
import en from './en/toasts'

/** What a page says in passing, and what can be undone for a while. */
export const t = inLanguages({ en, de })
