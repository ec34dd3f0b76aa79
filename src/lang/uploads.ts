import { inLanguages } from './current'
import de from './de/uploads'
import en from './en/uploads'

/** Adding pictures, and the tray that shows how far they are. */
export const t = inLanguages({ en, de })
