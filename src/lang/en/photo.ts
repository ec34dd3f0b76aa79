import { plural } from '../formats'

export default {
  photo: 'Photo',
  photos: 'Photos',
  photosOfMe: 'Photos of me',
  sharedWithMe: 'Shared with me',
  undescribed: 'Photo without a description',
  previous: 'Previous photo',
  next: 'Next photo',
  panel: 'About the photo',

  share: 'Share',
  shareThis: 'Share this photo',
  use: 'Use as my picture',
  frameAgain: 'Frame again',
  elsewhere: 'Show elsewhere…',
  download: 'Original',
  delete: 'Delete',

  audience: 'Who can see it',
  onlyYou: 'Only you can see this photo.',
  everybody: 'Everybody: it is your active picture.',
  everybodyFor: (emails: string) => `Everybody who asks for ${emails}.`,
  tagged: 'Whom you tagged in it: ',
  inAlbums: 'Everybody in ',
  byLinks: (count: number, date: string) =>
    plural(count, {
      one: `Whoever has its link, until ${date}.`,
      other: `Whoever has one of its {n} links, until ${date}.`,
    }),

  words: 'What is said of it',
  description: 'Description',
  example: 'A woman with a red scarf laughs on a beach',
  why: 'For people who cannot see the photo: it goes along in your embed code. Whoever sees the photo reads it.',
  rating: 'Rating',
  ratings: {
    g: 'G: for everyone',
    pg: 'PG: rude gestures, mild violence',
    r: 'R: profanity, violence, nudity',
    x: 'X: explicit',
  },
  ratingHint: 'Sites show photos rated G unless they ask for more.',
  file: 'The file',
  taken: (date: string) => `Taken ${date}`,
  added: (date: string) => `Added ${date}`,

  showsYou: 'shows you this photo',
  sharedOn: (date: string) => `shared this with you on ${date}`,
  message: 'Message',
  messageTo: (name: string) => `Message ${name}`,
  noDescription: 'No description.',

  gone: 'This photo was deleted elsewhere.',
  isYours: 'This photo is your picture now. Others may hold the old one up to five minutes.',
  isForAddress: 'It is shown for that address now. Others may hold the old one up to five minutes.',
  framed: 'Your picture is framed anew. Others may hold the old one up to five minutes.',
}
