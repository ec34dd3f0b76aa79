import { formatNumber } from '../formats'

export default {
  passwordTitle: 'A password, please',
  passwordHint: 'Whoever sent you this link has set one. Ask them if you do not have it.',
  password: 'Password',
  open: 'Open',
  wrongPassword: 'This password is wrong.',
  photo: 'A photo',
  photoOf: 'The photo of this link',
  photoAt: (place: number) => `Photo ${formatNumber(place)}`,
  download: 'Download',
  none: 'There are no photos in this album.',
  photos: 'Photos',
  pages: 'Pages',
  newest: 'Newest photos',
  older: 'Older photos',
  close: 'Close',
  next: 'Next photo',
  previous: 'Previous photo',
}
