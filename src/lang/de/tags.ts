import type en from '../en/tags'
import { formatNumber, plural } from '../formats'

const percent = (part: number) => formatNumber(part, { style: 'percent', maximumFractionDigits: 0 })

export default {
  title: 'Wer darauf ist',
  start: 'Personen markieren',
  toTag: 'Gesichter zum Markieren',
  nobody: 'Noch ist niemand markiert.',
  you: 'Du',
  me: 'Ich',
  somebody: 'Jemand',
  tagPerson: (name) => `${name} markieren`,
  tagQuestion: (name) => `${name} markieren?`,
  tagFaceQuestion: 'Dieses Gesicht markieren?',
  faceNumber: (number) => `Gesicht ${formatNumber(number)}`,
  tagMore: 'Markieren\u00a0…',
  tag: 'Markieren',
  dismiss: 'Verwerfen',
  dismissWhat: (name) => `${name} verwerfen`,
  yourBox: 'deinen Rahmen',
  boxOf: (name) => `den Rahmen von ${name}`,
  move: (whose) => `Verschiebe ${whose}`,
  moveBox: 'Rahmen verschieben',
  removeMe: 'Mich entfernen',
  removeTagOf: (name) => `Markierung von ${name} entfernen`,
  removeTag: 'Markierung entfernen',

  box: 'Rahmen um ein Gesicht',
  boxKind: 'Rahmen',
  boxKeys:
    'Pfeiltasten verschieben den Rahmen, mit der Umschalttaste ändern sie seine Größe, die Eingabetaste geht weiter, Escape bricht ab.',
  boxPlace: ({ x, y, width, height }) =>
    `${percent(x)} von links, ${percent(y)} von oben, ${percent(width)} breit, ${percent(height)} hoch`,
  help: 'Lege den Rahmen um ein Gesicht: Zeichne einen, ziehe diesen oder tippe das Gesicht an.',
  fit: (whose) => `Passe ${whose} an: Ziehe ihn oder eine seiner Ecken.`,
  whoIsIt: 'Wer ist es?',
  done: 'Fertig',

  whoIsThis: 'Wer ist das?',
  ownersNote:
    'Wen du markierst, kann dieses Foto von da an sehen. Die Person kann ihre Markierung wieder entfernen.',
  viewersNote:
    'Du kannst alle markieren, die dieses Foto schon sehen können, und dich selbst. Die Person kann ihre Markierung wieder entfernen.',
  noAccount: 'Ein Konto ist noch nicht nötig.',
  known: 'Personen, die du kennst',
  dismissSuggestion: 'Diesen Vorschlag verwerfen',

  gone: 'Dieses Foto gibt es nicht mehr, oder du darfst es nicht mehr sehen.',
  youAreTagged: 'Du bist markiert.',
  isTagged: (name) => `${name} ist markiert.`,
  notWished: (name) =>
    `Die Markierung von ${name} ist nicht geblieben: Hier möchte die Person nicht markiert werden.`,
  notStayed: (name) =>
    `Die Markierung von ${name} ist nicht geblieben: Die Person darf dieses Foto vielleicht nicht sehen, ist schon markiert oder möchte es nicht sein.`,
  found: (count) => plural(count, { one: 'Ein Gesicht gefunden.', other: '{n} Gesichter gefunden.' }),
  moved: 'Verschoben.',
  notSuggested: (name) => `${name} wird hier nicht mehr vorgeschlagen.`,
  dismissed: 'Verworfen.',
  tagGone: (name) => `Die Markierung von ${name} ist entfernt.`,
  yourTagGone: 'Deine Markierung ist entfernt.',
  leftForGood: 'Du bist auf diesem Foto nicht mehr markiert, und dabei bleibt es.',
} satisfies typeof en
