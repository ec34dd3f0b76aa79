import type en from '../en/photo'
import { plural } from '../formats'

export default {
  photo: 'Foto',
  photos: 'Fotos',
  photosOfMe: 'Fotos von mir',
  sharedWithMe: 'Mit mir geteilt',
  undescribed: 'Foto ohne Beschreibung',
  previous: 'Vorheriges Foto',
  next: 'Nächstes Foto',
  panel: 'Über das Foto',

  share: 'Teilen',
  shareThis: 'Dieses Foto teilen',
  use: 'Als mein Bild verwenden',
  frameAgain: 'Ausschnitt ändern',
  elsewhere: 'Anderswo zeigen\u00a0…',
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

  words: 'Angaben zum Foto',
  description: 'Beschreibung',
  example: 'Eine Frau mit rotem Schal lacht am Strand',
  why: 'Für alle, die das Foto nicht sehen können: Sie steht in deinem Code zum Einbinden. Wer das Foto sieht, liest sie.',
  rating: 'Einstufung',
  ratings: {
    g: 'G: für alle',
    pg: 'PG: derbe Gesten, leichte Gewalt',
    r: 'R: derbe Sprache, Gewalt, Nacktheit',
    x: 'X: nur für Erwachsene',
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
  isYours: 'Dieses Foto ist jetzt dein Bild. Andere sehen das alte vielleicht noch bis zu fünf Minuten.',
  isForAddress:
    'Für diese Adresse ist es jetzt zu sehen. Andere sehen das alte vielleicht noch bis zu fünf Minuten.',
  framed: 'Dein Bild hat einen neuen Ausschnitt. Andere sehen den alten vielleicht noch bis zu fünf Minuten.',
} satisfies typeof en
