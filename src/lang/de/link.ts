import type en from '../en/link'
import { formatNumber } from '../formats'

export default {
  passwordTitle: 'Ein Passwort, bitte',
  passwordHint:
    'Wer dir diesen Link geschickt hat, hat eines festgelegt. Frage dort nach, wenn du es nicht hast.',
  password: 'Passwort',
  open: 'Öffnen',
  wrongPassword: 'Dieses Passwort ist falsch.',
  photo: 'Ein Foto',
  photoOf: 'Das Foto dieses Links',
  photoAt: (place) => `Foto ${formatNumber(place)}`,
  download: 'Herunterladen',
  none: 'In diesem Album sind keine Fotos.',
  photos: 'Fotos',
  pages: 'Seiten',
  newest: 'Neueste Fotos',
  older: 'Ältere Fotos',
  close: 'Schließen',
  next: 'Nächstes Foto',
  previous: 'Vorheriges Foto',
} satisfies typeof en
