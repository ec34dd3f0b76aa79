import type en from '../en/where'
import { formatNumber } from '../formats'

export default {
  title: 'Wo soll dieses Foto zu sehen sein?',
  makeActive: 'Aktiv machen',
  everywhere: 'Überall',
  forAlone: (email) => ['Nur für ', email],
  atAll: 'Unter deiner privaten URL und für alle deine Adressen.',
  atPrivate: 'Unter deiner privaten URL.',
  atSome: (count) => `Unter deiner privaten URL und für ${formatNumber(count)} deiner Adressen.`,
  allKeep: 'Deine Adressen behalten das Bild, das du für sie gewählt hast.',
  othersKeep: 'Deine anderen Adressen behalten das Bild, das du für sie gewählt hast.',
  follows: 'Folgt jetzt dem Bild deines Kontos.',
  already: 'Zeigt dieses Foto schon.',
  another: 'Zeigt jetzt ein anderes Foto.',
  none: 'Zeigt jetzt kein Foto.',
  addressGone: 'Diese Adresse wurde anderswo entfernt. Wähle eine andere.',
} satisfies typeof en
