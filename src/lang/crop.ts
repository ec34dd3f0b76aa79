import { inLanguages } from './current'
import de from './de/crop'
import en from './en/crop'

/** What stands in the dialog that cuts a square from a photo. */
export const t = inLanguages({ en, de })
