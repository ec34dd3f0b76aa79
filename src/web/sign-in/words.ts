import type { EmailFault } from '../../lib/email'

// What the page and its browser code both say.

export const FAULTS: Record<EmailFault, string> = {
  form: 'Type your e\u2011mail address, such as you@example.com.',
  letters:
    'We cannot send mail to this address: before the @ only a to z, digits and signs such as . _ - + work.',
}

export const SHORT_CODE = 'The code has eight digits.'
