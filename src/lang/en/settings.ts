import { formatBytes, formatNumber, plural } from '../formats'

// In sentences `e-mail` has the hyphen at which no line breaks, U+2011: a phone would leave `mail` on the next.
export default {
  title: 'Settings',
  sections: 'Sections',
  all: 'All settings',
  names: {
    profile: { title: 'Profile', about: 'The name that goes with your picture' },
    addresses: { title: 'Addresses', about: 'What each of your e\u2011mail addresses shows' },
    privacy: { title: 'Privacy', about: 'Tags, and the URL that nobody can guess' },
    devices: { title: 'Devices', about: 'The browsers that are signed in' },
    tokens: { title: 'API tokens', about: 'For programs that act as you' },
    data: { title: 'Data', about: 'Used space, export, and deleting all of it' },
  },

  profile: {
    title: 'How others see you',
    picture: 'Change picture',
    name: 'Display name',
    hint: 'Shown to everybody who can find your picture. Leave it empty to stay nameless.',
  },

  addresses: {
    title: 'Your addresses',
    intro:
      'Each of your e\u2011mail addresses shows your account’s picture, or a photo of its own. Nobody is told that they belong together. Whoever must not guess it either should see two different pictures.',
    lookup:
      'As with Gravatar, sites ask by a hash, a number made from an address. It can be guessed: whoever tries likely addresses sees which one it belongs to. Switched off, both hashes of the address (SHA-256 and MD5) answer as for an unknown person; who holds the picture already may show it for five minutes more.',
    primary: 'Primary',
    finds: 'Whoever knows this address finds it',
    findsOf: (email: string) => `Whoever knows this address finds it: ${email}`,
    choose: 'Choose picture',
    chooseOf: (email: string) => `Choose picture of ${email}`,
    makePrimary: 'Make primary',
    makePrimaryOf: (email: string) => `Make primary: ${email}`,
    remove: 'Remove',
    removeOf: (email: string) => `Remove ${email}`,
    showsAccount: 'Shows your account’s picture.',
    followsNone: 'Follows your account, which shows no photo.',
    showsOwn: 'Shows a photo of its own.',
    showsNone: 'Shows no photo: a default picture stands in its place.',
    leads: (email: string) => `${email} leads to its picture.`,
    leadsNoMore: (email: string) =>
      `${email} no longer leads to your picture. Others may hold it up to five minutes.`,
    isPrimary: (email: string) => `${email} is your primary address.`,
    gone: 'This address was removed elsewhere.',
    removed: 'The address is removed.',
    saved: 'Saved. Others may hold the old picture up to five minutes.',
  },
  adding: {
    title: 'Add an address',
    placeholder: 'you@example.com',
    hint: 'It is yours once you have typed in the code that we mail to it. From then on it shows your account’s picture, and signing in with it leads here.',
    submit: 'Add address',
    other: 'Another address',
    added: (email: string) => `${email} is yours now.`,
  },
  picture: {
    title: 'Picture of ',
    account: 'Account’s picture',
    none: 'No photo',
    asNow: 'As it is now',
    of: (day: string) => `Photo of ${day}`,
    gone: 'This photo was deleted elsewhere. Choose another one.',
  },
  removing: {
    title: 'Remove this address?',
    before: 'From the next request, the URLs made from ',
    after:
      ' show nothing of you; others may hold the picture up to five minutes. Signing in with it would make a new account. Your photos stay.',
    keep: 'Keep it',
  },

  tags: {
    title: 'Tags',
    who: 'Who may tag me',
    anyone: 'Anyone who may: owners in their photos, others where you see the photo',
    nobody: 'Nobody but myself',
    hint: 'Nobody is told which you chose. Tags that are there stay: remove yourself under ',
    tagged: 'Photos of me',
    off: 'Nobody can tag you from now on.',
    on: 'Others can tag you from now on.',
  },
  url: {
    title: 'Private URL',
    label: 'the private URL',
    hint: 'Random: it says nothing about your addresses, and nobody can guess it. Whoever you give it to sees your account’s picture, whatever your addresses show.',
    renew: 'Renew URL',
    question: 'Renew your private URL?',
    warning:
      'The old URL stops working everywhere you have used it, within five minutes: there a default picture shows until you put the new URL in. This cannot be undone.',
    keep: 'Keep it',
    confirm: 'Renew',
    renewed: 'This is your new URL. The old one ends within five minutes.',
  },

  sessions: {
    title: 'Signed-in browsers',
    before: 'You are signed in as ',
    after: '. A browser that is not used for 30 days is signed out.',
    unnamed: 'A browser',
    current: 'This browser',
    since: 'Signed in ',
    used: 'Last used ',
    end: 'End',
    endOf: (name: string) => `End ${name}`,
    endOthers: 'End all others',
    question: 'End all other sessions?',
    warning: 'Every browser but this one is signed out at its next request. API tokens stay.',
    confirm: 'End them',
    ended: 'That browser is signed out.',
    othersEnded: 'All other browsers are signed out.',
  },

  tokens: {
    title: 'Your tokens',
    before: 'For programs that act as you: they send ',
    after: '. A token cannot make or revoke tokens.',
    none: 'You have no tokens.',
    name: 'Name of a new token',
    example: 'Backup script',
    create: 'Create',
    created: 'Created ',
    neverUsed: 'never used',
    lastUsed: 'last used ',
    revoke: 'Revoke',
    revokeOf: (name: string) => `Revoke ${name}`,
    newTitle: 'Your new token',
    newHint: 'Copy it now. We keep only its hash, so it cannot be shown again.',
    label: 'the token',
    done: 'Done',
    question: 'Revoke this token?',
    warningBefore: 'Programs that use ',
    warningAfter: ' stop working at once. This cannot be undone.',
    revoked: 'The token is revoked.',
    nameless: 'Give the token a name, so that you know it later.',
  },

  usage: {
    title: 'Used space',
    bytes: (used: number, most: number) => `${formatBytes(used)} of ${formatBytes(most)}`,
    photos: (used: number, most: number) =>
      `${plural(used, { one: '{n} photo', other: '{n} photos' })} of ${formatNumber(most)}`,
    hint: 'Originals count, as large as you uploaded them.',
  },
  export: {
    title: 'Export',
    before: (holdings: string) => `A ZIP file with ${holdings}, and `,
    after:
      ': your profile, addresses and contacts, descriptions, albums, tags and messages, whom you share with and by which links, and the names and days of tokens and browsers.',
    download: 'Download everything',
    nothing: 'no photos yet',
    originals: (photos: number, bytes: number) =>
      `${plural(photos, {
        one: 'the original of your one photo',
        other: 'the originals of your {n} photos',
      })} (${formatBytes(bytes)})`,
  },
  deletion: {
    title: 'Delete account',
    before:
      'Everything goes, for good: your profile, all addresses, all photos and all API tokens, and every browser is signed out. Your URLs show nothing of you from the next request; others may hold the picture up to five minutes. ',
    export: 'Export',
    after: ' first what you want to keep.',
    sureBefore: 'To be sure that it is you, we mail a code to ',
    sureAfter: '. Nothing is deleted before you type it in.',
    ask: 'E-mail me the code',
    submit: 'Delete everything',
    keep: 'Keep my account',
    kept: 'Your account stays.',
  },
}
