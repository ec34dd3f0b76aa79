// In sentences `e-mail` has the hyphen at which no line breaks, U+2011: a phone would leave `mail` on the next.
export default {
  signIn: 'Sign in',
  title: 'Sign in to Cameo',
  checkMail: 'Check your mail',
  noPassword: 'No password: we mail you a code. A new address gets a new account.',
  email: 'E-mail',
  placeholder: 'you@example.com',
  privacy:
    'Your picture can also be found by a hash of this address, as with Gravatar. A hash can be guessed, so whoever knows your address can find your picture, but none of your other photos. You can switch that off.',
  other: 'Another address',
}
