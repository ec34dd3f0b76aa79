import { inLanguages } from './current'
import de from './de/sign-in'
import en from './en/sign-in'

/** The page to sign in on. */
export const t = inLanguages({ en, de })
