import { formatNumber } from '../formats'

export default {
  title: 'Where should this photo show?',
  makeActive: 'Make active',
  everywhere: 'Everywhere',
  forAlone: <Email>(email: Email) => ['For ', email, ' alone'],
  atAll: 'At your private URL and for all your addresses.',
  atPrivate: 'At your private URL.',
  atSome: (count: number) => `At your private URL and for ${formatNumber(count)} of your addresses.`,
  allKeep: 'Your addresses keep the picture that you chose for them.',
  othersKeep: 'Your other addresses keep the picture that you chose for them.',
  follows: 'Follows your account’s picture now.',
  already: 'Shows this photo already.',
  another: 'Shows another photo now.',
  none: 'Shows no photo now.',
  addressGone: 'This address was removed elsewhere. Choose another one.',
}
