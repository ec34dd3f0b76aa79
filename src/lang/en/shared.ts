import { plural } from '../formats'

// In sentences `e-mail` has the hyphen at which no line breaks, U+2011: a phone would leave `mail` on the next.
export default {
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  saved: 'Saved.',
  add: 'Add',
  share: 'Share',
  copy: 'Copy',
  copied: 'Copied',
  select: 'Select',
  copyByHand: 'Copying is not allowed here. The text is selected: copy it by hand.',
  morePhotos: 'Show more photos',
  photos: (count: number) => plural(count, { one: '{n} photo', other: '{n} photos' }),

  faults: {
    form: 'Type your e\u2011mail address, such as you@example.com.',
    letters:
      'We cannot send mail to this address: before the @ only a to z, digits and signs such as . _ - + work.',
  },
  shortCode: 'The code has eight digits.',

  explain: {
    page: 'Something went wrong on this page. Reload it and try again.',
    network: 'No connection. Check your network and try again.',
    signedOut: 'You are signed out. Sign in, then try again: what you typed stays here.',
    ours: 'Something on our side failed. Try again in a moment.',
  },

  session: {
    over: 'You are signed out.',
    kept: 'What you typed and added stays here.',
    signIn: 'Sign in',
    goOn: ', then go on.',
    other: 'Somebody else is signed in now.',
    nothingSent: 'Nothing of this page is sent as them.',
    signOut: 'Sign them out',
    again: ' and sign in again to go on, or ',
    reload: 'load the page anew',
  },

  lookup: {
    on: 'On: sites that point here find the picture by this address.',
    off: 'Off: whoever asks by this address gets the answer for an unknown person.',
  },
  state: {
    none: 'No photo of yours is active, so a default picture shows. Upload one, then make it active.',
    shows:
      'This shows wherever your URL is used. After a change, others hold the old one up to five minutes.',
    rated: (rating: string) =>
      `Your active photo is rated ${rating}. Visitors see it only where a site allows rating ${rating}, as the URL below does. Elsewhere a default picture shows.`,
  },
}
