import type en from '../en/photo'
import { plural } from '../formats'

export default {
  photo: 'Foto',
  photos: 'Fotos',
  photosOfMe: 'Fotos von mir',
  sharedWithMe: 'Mit mir geteilt',
  undescribed: 'Foto ohne Beschreibung',
  previous: 'Voriges Foto',
  next: 'Nächstes Foto',
  panel: 'Über das Foto',

  share: 'Teilen',
  shareThis: 'Dieses Foto teilen',
  use: 'Als mein Bild nehmen',
  frameAgain: 'Ausschnitt ändern',
  elsewhere: 'Anderswo zeigen…',
  download: 'Original',
  delete: 'Löschen',

  audience: 'Wer es sehen kann',
  onlyYou: 'Nur du kannst dieses Foto sehen.',
  everybody: 'Alle: Es ist dein aktives Bild.',
  everybodyFor: (emails) => `Alle, die nach ${emails} fragen.`,
  tagged: 'Wen du darauf markiert hast: ',
  inAlbums: 'Alle in ',
  byLinks: (count, date) =>
    plural(count, {
      one: `Wer den Link dazu hat, bis ${date}.`,
      other: `Wer einen der {n} Links dazu hat, bis ${date}.`,
    }),

  words: 'Was dazu gesagt wird',
  description: 'Beschreibung',
  example: 'Eine Frau mit rotem Schal lacht am Strand',
  why: 'Für alle, die das Foto nicht sehen können: Sie geht in deinem Code zum Einbetten mit. Wer das Foto sieht, liest sie.',
  rating: 'Einstufung',
  ratings: {
    g: 'G: für alle',
    pg: 'PG: derbe Gesten, leichte Gewalt',
    r: 'R: Flüche, Gewalt, Nacktheit',
    x: 'X: drastisch',
  },
  ratingHint: 'Websites zeigen Fotos der Einstufung G, wenn sie nicht nach mehr fragen.',
  file: 'Die Datei',
  taken: (date) => `Aufgenommen am ${date}`,
  added: (date) => `Hinzugefügt am ${date}`,

  showsYou: 'zeigt dir dieses Foto',
  sharedOn: (date) => `hat es am ${date} mit dir geteilt`,
  message: 'Nachricht',
  messageTo: (name) => `Nachricht an ${name}`,
  noDescription: 'Keine Beschreibung.',

  gone: 'Dieses Foto wurde anderswo gelöscht.',
  isYours: 'Dieses Foto ist jetzt dein Bild. Andere haben das alte noch bis zu fünf Minuten.',
  isForAddress: 'Für diese Adresse ist es jetzt zu sehen. Andere haben das alte noch bis zu fünf Minuten.',
  framed: 'Dein Bild hat einen neuen Ausschnitt. Andere haben den alten noch bis zu fünf Minuten.',
} satisfies typeof en
