import { formatList, plural } from '../formats'

export default {
  somebody: 'somebody',
  startSomebody: 'Somebody',
  people: (count: number) => plural(count, { one: 'one person', other: '{n} people' }),
  others: (count: number) => plural(count, { one: '{n} other', other: '{n} others' }),
  list: (names: string[]) => formatList(names),
  email: 'E-mail address',
  hashed: 'It is hashed in this browser and never sent to us.',
  waits: 'They need no account yet: it waits for them.',
  ownName: 'Your name for them, if you like',
  known: 'People you know',
}
