import { formatNumber, plural } from '../formats'

const percent = (part: number) => formatNumber(part, { style: 'percent', maximumFractionDigits: 0 })

export default {
  title: 'Who is in it',
  start: 'Tag people',
  toTag: 'Faces to tag',
  nobody: 'Nobody is tagged yet.',
  you: 'You',
  me: 'Me',
  somebody: 'Somebody',
  tagPerson: (name: string) => `Tag ${name}`,
  tagQuestion: (name: string) => `Tag ${name}?`,
  tagFaceQuestion: 'Tag this face?',
  faceNumber: (number: number) => `face ${formatNumber(number)}`,
  tagMore: 'Tag…',
  tag: 'Tag',
  dismiss: 'Dismiss',
  dismissWhat: (name: string) => `Dismiss ${name}`,
  yourBox: 'your box',
  boxOf: (name: string) => `the box of ${name}`,
  move: (whose: string) => `Move ${whose}`,
  moveBox: 'Move the box',
  removeMe: 'Remove me',
  removeTagOf: (name: string) => `Remove the tag of ${name}`,
  removeTag: 'Remove the tag',

  box: 'Box around a face',
  boxKind: 'box',
  boxKeys: 'Arrow keys move the box, Shift and arrows resize it, Enter goes on, Escape leaves.',
  boxPlace: (box: { x: number; y: number; width: number; height: number }) =>
    `${percent(box.x)} from the left, ${percent(box.y)} from the top, ${percent(box.width)} wide, ${percent(box.height)} high`,
  help: 'Put the box around a face: draw one, drag this one, or tap the face.',
  fit: (whose: string) => `Fit ${whose}: drag it, or one of its corners.`,
  whoIsIt: 'Who is it?',
  done: 'Done',

  whoIsThis: 'Who is this?',
  ownersNote: 'Whoever you tag can see this photo from then on. They can take their tag away.',
  viewersNote: 'You can tag whoever can see this photo already, and yourself. They can take their tag away.',
  noAccount: 'They need no account yet.',
  known: 'People you know',
  dismissSuggestion: 'Dismiss this suggestion',

  gone: 'This photo is gone, or you may not see it any more.',
  youAreTagged: 'You are tagged.',
  isTagged: (name: string) => `${name} is tagged.`,
  notWished: (name: string) => `The tag of ${name} did not stay: they do not wish to be tagged here.`,
  notStayed: (name: string) =>
    `The tag of ${name} did not stay: they may not see this photo, be tagged already, or not wish to be.`,
  found: (count: number) => plural(count, { one: 'One face found.', other: '{n} faces found.' }),
  moved: 'Moved.',
  notSuggested: (name: string) => `${name} is not suggested here any more.`,
  dismissed: 'Dismissed.',
  tagGone: (name: string) => `The tag of ${name} is gone.`,
  yourTagGone: 'Your tag is gone.',
  leftForGood: 'You are removed from this photo, for good.',
}
