// In sentences `e-mail` has the hyphen at which no line breaks, U+2011: a phone would leave `mail` on the next.
export default {
  deleted: 'Your account is deleted, with everything in it. Signing in again makes a new, empty one.',
  title: 'One URL for your face',
  lead: 'Put one URL wherever your picture belongs. Change the picture once, and all those places show the new one within minutes. The rest of your photos stay private.',
  getUrl: 'Get your URL',
  howToEmbed: 'How to embed it',
  noPassword: 'No password. Your e\u2011mail is enough.',

  tryOut: {
    title: 'Try it',
    email: 'An e\u2011mail address',
    placeholder: 'you@example.com',
    hashes: 'What sites ask for',
    pictures: 'What stands in for you until you choose a photo',
    promise: 'Nothing you type leaves your browser: it makes the hash and draws the pictures itself.',
    drawn: 'The pictures are those of the address that you typed.',
    failed: 'The pictures cannot be drawn without a connection. Type on to try again.',
  },

  features: 'What it does',
  face: 'Your face, everywhere',
  faces: {
    change: {
      title: 'Change it once',
      text: 'Upload many photos and make one active. Your URL shows it from then on; others hold the old one up to five minutes.',
    },
    private: {
      title: 'Private unless active',
      text: 'Only your active photo is public, without location or camera data. The others are seen by you alone, until you share them.',
    },
    fits: {
      title: 'Fits wherever it goes',
      text: 'From 16 to 2048 pixels, in a small format that the browser reads. Software that lets you choose its Gravatar server can use it.',
    },
  },
  photos: 'Your photos, for whom you choose',
  shares: {
    email: {
      title: 'Shared by e\u2011mail',
      text: 'With people who have no account yet, too: their address is hashed in your browser and never sent to us.',
    },
    link: {
      title: 'Or by a link that ends',
      text: 'After minutes or days, with a password if you like. Revoked, it shows nothing from the next request on.',
    },
    export: {
      title: 'Yours to take along',
      text: 'Every original as you uploaded it, in one ZIP, and your account gone with everything in it when you say so.',
    },
  },
  stance:
    'No ads, no trackers, no cookies with pictures. Your e\u2011mail is never shown, and only you decide whether it leads to your picture.',
}
