import { inLanguages } from './current'
import de from './de/code'
import en from './en/code'

/** The step of a form that takes a mailed code. */
export const t = inLanguages({ en, de })
