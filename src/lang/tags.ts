import { inLanguages } from './current'
import de from './de/tags'
import en from './en/tags'

/** Who is in a photo, and how they are tagged. */
export const t = inLanguages({ en, de })
