import type en from '../en/uploads'
import { formatNumber, plural } from '../formats'

export default {
  choose: 'Fotos auswählen',
  camera: 'Foto aufnehmen',
  orDrop: 'oder irgendwo auf der Seite ablegen oder einfügen',
  limits: (size) => `JPEG, PNG, WebP, GIF oder AVIF, je bis zu ${size}.`,
  drop: 'Ablegen, um sie deinen Fotos hinzuzufügen',
  dropInAlbum: (title) => `Ablegen, um sie zu „${title}“ hinzuzufügen`,

  uploads: 'Uploads',
  progress: 'Fortschritt aller Uploads',
  progressOf: (name) => `Fortschritt von ${name}`,
  show: 'Liste zeigen',
  hide: 'Liste ausblenden',
  close: 'Schließen',
  clear: 'Liste leeren',
  retryAll: 'Alle erneut versuchen',
  smallerAll: 'Alle verkleinern',
  addAll: 'Alle hinzufügen',
  counted: (done, total) => `${formatNumber(done)} von ${formatNumber(total)}`,
  uploaded: (count) => plural(count, { other: '{n} hochgeladen' }),
  failed: (count) => plural(count, { other: '{n} fehlgeschlagen' }),
  asking: (count) => plural(count, { one: '{n} Frage', other: '{n} Fragen' }),
  offline: 'wartet auf die Verbindung',
  signedOut: 'wartet, bis du angemeldet bist',

  waiting: 'Wartet',
  waitingOnline: 'Die Verbindung ist abgebrochen. Es geht von selbst weiter.',
  waitingSignedIn: 'Wartet, bis du angemeldet bist',
  starting: 'Beginnt',
  converting: 'Eine passende Kopie wird erstellt',
  sent: (sent, all) => `${sent} von ${all}`,
  checking: 'Das Bild wird geprüft',
  done: 'Hochgeladen',
  doneInAlbum: (title) => `Hochgeladen in „${title}“`,
  retry: 'Erneut versuchen',
  retryNamed: (name) => `${name} erneut versuchen`,
  add: 'Trotzdem hinzufügen',
  addNamed: (name) => `${name} trotzdem hinzufügen`,
  smaller: 'Verkleinern',
  smallerNamed: (name) => `${name} verkleinern`,
  take: 'Hinzufügen',
  takeNamed: (name) => `${name} hinzufügen`,
  cancelNamed: (name) => `${name} abbrechen`,
  dismissNamed: (name) => `${name} aus der Liste nehmen`,

  started: (count) => plural(count, { one: '{n} Upload begonnen', other: '{n} Uploads begonnen' }),
  halfway: (counted) => `Uploads: ${counted}`,
  finished: (counted) => `Uploads fertig: ${counted}`,
  refusedOne: (name, why) => `${name}: ${why}`,
  refusedSeveral: (count) =>
    plural(count, { one: '{n} Upload wartet auf dich', other: '{n} Uploads warten auf dich' }),

  empty: 'Diese Datei ist leer.',
  unreadable:
    'Diese Datei lässt sich nicht mehr lesen. Füge sie noch einmal von dort hinzu, wo sie jetzt liegt.',
  tooLarge: (size, limit) => `Diese Datei hat ${size}. Erlaubt sind ${limit}.`,
  tooLargeOffer: (size, limit) =>
    `${size}, erlaubt sind ${limit}: Hier lässt sich eine kleinere Kopie erstellen, ohne die Angaben der Kamera.`,
  tooManyPixels: 'Dieses Bild hat mehr als 50 Megapixel. Verkleinere es und füge es noch einmal hinzu.',
  tooManyPixelsOffer:
    'Über 50 Megapixel: Hier lässt sich eine kleinere Kopie erstellen, ohne die Angaben der Kamera.',
  notSupported:
    'Diese Art von Datei wird nicht unterstützt. Wähle ein Bild als JPEG, PNG, WebP, GIF oder AVIF.',
  heic: 'Das ist ein HEIC-Foto, das dieser Browser nicht lesen kann. Exportiere es als JPEG oder füge es in Safari hinzu; auf einem iPhone macht „Maximale Kompatibilität“ (Einstellungen, Kamera, Formate) neue Fotos zu JPEG.',
  notAnImage:
    'Diese Datei ist kein Bild, was immer ihr Name sagt. Wähle ein Bild als JPEG, PNG, WebP, GIF oder AVIF.',
  changed: 'Diese Datei wurde verändert, während sie hochgeladen wurde. Füge sie noch einmal hinzu.',
  notWhole: 'Die Datei ist nicht ganz angekommen. Versuche es noch einmal.',
  damaged:
    'Dieses Bild ist beschädigt und lässt sich nicht bis zum Ende lesen. Exportiere es noch einmal von dort, woher es kam.',
  alreadyHere: 'Dieses Bild ist schon hier.',
  network: 'Die Verbindung ist abgebrochen. Versuche es noch einmal.',
  notInAlbum: (title) => `Es ist unter deinen Fotos, ließ sich aber nicht zu „${title}“ hinzufügen.`,
  shared: 'Aus einer anderen App geteilt. Zu deinen Fotos hinzufügen?',
  shareMissed: 'Was du geteilt hast, kam nicht an. Teile es noch einmal, da Cameo jetzt offen ist.',
} satisfies typeof en
