import { inLanguages } from './current'
import de from './de/invitations'
import en from './en/invitations'

/** Telling somebody by e-mail that a message waits for them, and ending such mails. */
export const t = inLanguages({ en, de })
