import { inLanguages } from './current'
import de from './de/sharing'
import en from './en/sharing'

/** Who else may see something: the share dialog. */
export const t = inLanguages({ en, de })
