import { formatNumber, plural } from '../formats'

// In sentences `e-mail` has the hyphen at which no line breaks, U+2011: a phone would leave `mail` on the next.
export default {
  title: 'Photos',
  yours: 'Your photos',
  select: 'Select',
  done: 'Done',
  reach: 'Only you see them, until you make one your picture or share it.',
  open: (name: string) => `Open photo: ${name}`,
  selectOne: (name: string) => `Select photo: ${name}`,
  nameless: 'no description',
  active: 'Your picture',
  shownFor: (emails: string[]) =>
    emails.length === 1
      ? `Shows for ${emails[0]}`
      : `Shows for ${formatNumber(emails.length)} of your addresses`,

  steps: {
    title: 'Three steps to your picture',
    add: 'Add a photo',
    addMore: 'Add photos',
    frame: 'Frame it',
    frameHint: 'Choose what the circle shows. The whole photo stays as it is.',
    frameNow: 'Frame it',
    asIs: 'Use it as it is',
    use: 'Use it',
  },

  imports: {
    open: 'Import my picture',
    from: 'Import my picture from',
    asked: (email: string) => `They are asked only when you press, by the hash of ${email}.`,
    bar: 'Import',
    asking: (service: string) => `Asking ${service} for your picture`,
    fresh: (service: string) => `Your picture from ${service} is among your photos.`,
    known: (service: string) => `Your picture from ${service} is already here.`,
  },

  own: {
    title: 'Your picture',
    alt: 'What others see at your URL',
    form: 'Form of the URL',
    other: 'More: HTML, Markdown, size',
    size: 'Size',
    key: 'Key',
    keys: { private: 'Private', hash: 'E-mail hash' },
    embedCode: 'the embed code',
    says: 'The private URL says nothing about your e\u2011mail.',
    finds: 'Who finds it',
    how: 'How to embed it',
    none: 'Show no photo',
    reach: {
      found: (isOne: boolean) =>
        `Sites that point here also find this picture by your ${isOne ? 'e\u2011mail' : 'primary address'}.`,
      off: (isOne: boolean) =>
        `Your ${isOne ? 'e\u2011mail' : 'primary address'} does not lead to this picture.`,
      photo: 'Your primary address shows a photo of its own.',
      nothing: 'Your primary address shows no photo.',
    },
    check: 'Check',
    checkWhat: ' what the URL shows now',
    checking: 'Asking the URL',
    age: 'New visitors see a change at once. A browser that has shown the picture before may hold the old one for up to five minutes.',
    got: (kind: string, size: string, time: string) =>
      `At ${time} the URL answered with your photo: ${kind}, ${size}.`,
    gotDefault: (time: string) => `At ${time} the URL answered with a default picture: no photo is shown.`,
    gotNothing: 'The URL could not be asked. Try again in a moment.',
    elsewhere: (origin: string) => `${origin} can be asked only from there.`,
  },

  now: {
    photo: 'This photo is your picture now. Others may hold the old one up to five minutes.',
    framed: 'Your picture is framed anew. Others may hold the old one up to five minutes.',
    none: 'Your account shows no photo now. Others may hold the old one up to five minutes.',
    address: (email: string) =>
      `${email} shows this photo now. Others may hold the old one up to five minutes.`,
  },
  goneElsewhere: 'This photo was deleted elsewhere. It is off this page now.',

  selection: {
    label: 'Selected photos',
    none: 'Select none',
    count: (count: number) => `${formatNumber(count)} selected`,
    loaded: (count: number) =>
      `${formatNumber(count)} selected: all that are loaded. Scroll on for older ones.`,
    through: (done: number, all: number) => `${formatNumber(done)} of ${formatNumber(all)}`,
    use: 'Use as my picture',
    useShort: 'Use',
    share: 'Share',
    album: 'To album',
    zip: 'Download',
    zipHint: 'Download as ZIP',
    zipTooMany: (most: number) => `At most ${formatNumber(most)} photos fit into one ZIP. Select fewer.`,
    remove: 'Delete',
    progress: 'Progress of the selected photos',
    shareOne: 'Share this photo',
    shareSome: (photos: string) => `Share ${photos}`,
    added: (photos: string, title: string) => `${photos} added to “${title}”.`,
    left: (count: number, reason: string) =>
      plural(count, {
        one: `One photo failed and is still selected: ${reason}`,
        other: `{n} photos failed and are still selected: ${reason}`,
      }),
    help: 'Arrow keys go through the photos, Space selects, Enter opens, Delete deletes.',
  },

  album: {
    title: 'Add to an album',
    fresh: 'A new album',
    titleOf: 'Title of the new album',
    untitled: 'Give the new album a title.',
    of: (photos: string, owner: string) => `${photos}, of ${owner}`,
  },
}
