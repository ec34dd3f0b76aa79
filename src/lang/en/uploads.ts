import { formatNumber, plural } from '../formats'

export default {
  // Where pictures are chosen.
  choose: 'Choose photos',
  camera: 'Take a photo',
  orDrop: 'or drop or paste them anywhere',
  limits: (size: string) => `JPEG, PNG, WebP, GIF or AVIF, up to ${size} each.`,
  drop: 'Drop to add to your photos',
  dropInAlbum: (title: string) => `Drop to add to “${title}”`,

  // The tray.
  uploads: 'Uploads',
  progress: 'Progress of all uploads',
  progressOf: (name: string) => `Progress of ${name}`,
  show: 'Show the list',
  hide: 'Hide the list',
  close: 'Close',
  clear: 'Clear',
  retryAll: 'Retry all',
  smallerAll: 'Make all smaller',
  addAll: 'Add all',
  counted: (done: number, total: number) => `${formatNumber(done)} of ${formatNumber(total)}`,
  uploaded: (count: number) => plural(count, { other: '{n} uploaded' }),
  failed: (count: number) => plural(count, { other: '{n} failed' }),
  asking: (count: number) => plural(count, { one: '{n} question', other: '{n} questions' }),
  offline: 'waiting for the connection',
  signedOut: 'waiting until you are signed in',

  // One row.
  waiting: 'Waiting',
  waitingOnline: 'The connection was lost. It goes on by itself.',
  waitingSignedIn: 'Waiting until you are signed in',
  starting: 'Starting',
  converting: 'Making a copy that fits',
  sent: (sent: string, all: string) => `${sent} of ${all}`,
  checking: 'Checking the picture',
  done: 'Uploaded',
  doneInAlbum: (title: string) => `Uploaded to “${title}”`,
  retry: 'Retry',
  retryNamed: (name: string) => `Retry ${name}`,
  add: 'Add anyway',
  addNamed: (name: string) => `Add ${name} anyway`,
  smaller: 'Make it smaller',
  smallerNamed: (name: string) => `Make ${name} smaller`,
  take: 'Add',
  takeNamed: (name: string) => `Add ${name}`,
  cancelNamed: (name: string) => `Cancel ${name}`,
  dismissNamed: (name: string) => `Dismiss ${name}`,

  // What is said aloud.
  started: (count: number) => plural(count, { one: '{n} upload started', other: '{n} uploads started' }),
  halfway: (counted: string) => `Uploads: ${counted}`,
  finished: (counted: string) => `Uploads finished: ${counted}`,
  refusedOne: (name: string, why: string) => `${name}: ${why}`,
  refusedSeveral: (count: number) =>
    plural(count, { one: '{n} upload needs you', other: '{n} uploads need you' }),

  // Why it does not go on.
  empty: 'This file is empty.',
  unreadable: 'This file cannot be read any more. Add it again from where it is now.',
  tooLarge: (size: string, limit: string) => `This file is ${size}. The limit is ${limit}.`,
  tooLargeOffer: (size: string, limit: string) =>
    `${size}, the limit is ${limit}: a smaller copy can be made here, without what the camera wrote into it.`,
  tooManyPixels: 'This picture has more than 50 megapixels. Make it smaller and add it again.',
  tooManyPixelsOffer:
    'Above 50 megapixels: a smaller copy can be made here, without what the camera wrote into it.',
  notSupported: 'This type of file is not supported. Choose a JPEG, PNG, WebP, GIF or AVIF picture.',
  heic: 'This is a HEIC photo, which this browser cannot read. Export it as JPEG, or add it in Safari; on an iPhone, Settings, Camera, Formats, Most Compatible makes new photos JPEG.',
  notAnImage:
    'This file is not a picture, whatever its name says. Choose a JPEG, PNG, WebP, GIF or AVIF picture.',
  changed: 'This file was changed while it was uploaded. Add it again.',
  notWhole: 'The file did not arrive whole. Try again.',
  damaged: 'This picture is damaged and cannot be read to its end. Export it again from where it came.',
  alreadyHere: 'This picture is already here.',
  network: 'The connection was lost. Try again.',
  notInAlbum: (title: string) => `It is among your photos, but could not be added to “${title}”.`,
  shared: 'Shared from another app. Add it to your photos?',
  shareMissed: 'What you shared did not arrive. Share it once more, now that Cameo is open.',
}
