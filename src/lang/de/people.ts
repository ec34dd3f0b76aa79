import type en from '../en/people'
import { formatList, plural } from '../formats'

export default {
  somebody: 'jemand',
  startSomebody: 'Jemand',
  people: (count) => plural(count, { one: 'eine Person', other: '{n} Personen' }),
  others: (count) => plural(count, { one: '{n} andere Person', other: '{n} andere' }),
  list: (names) => formatList(names),
  email: 'E-Mail-Adresse',
  hashed: 'Aus ihr wird in diesem Browser ein Hash; sie selbst wird nie an uns gesendet.',
  waits: 'Ein Konto ist noch nicht nötig: Es wartet auf die Person.',
  ownName: 'Dein Name für die Person, wenn du magst',
  known: 'Personen, die du kennst',
} satisfies typeof en
