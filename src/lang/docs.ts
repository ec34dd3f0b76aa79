import { inLanguages } from './current'
import de from './de/docs'
import en from './en/docs'

/** The pages under /docs. The guide itself is docs/embed.md and docs/embed.de.md. */
export const t = inLanguages({ en, de })
