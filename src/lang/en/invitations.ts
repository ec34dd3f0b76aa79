// In sentences `e-mail` has the hyphen at which no line breaks, U+2011: a phone would leave `mail` on the next.
export default {
  box: 'Also tell them by e\u2011mail that a message waits',
  boxHint: (email: string) =>
    `Only if ${email} has no account, and without what you write. We do not keep the address.`,
  typedHint:
    'It is hashed in this browser, and sent to us only if you want them told by e\u2011mail. They need no account yet: it waits for them.',
  stop: {
    title: 'No more mails',
    lead: 'Somebody wrote to you on Cameo, and we told you by e\u2011mail. Shall we never do so again?',
    hint: 'It holds for this e\u2011mail address, whoever writes to it. Codes to sign in are still sent when you ask for them.',
    button: 'Send no more mails',
    done: 'We send you no more of these mails.',
    doneHint: 'What was written to you still waits, should you ever sign in.',
  },
}
