import type en from '../en/photos'
import { formatNumber, plural } from '../formats'

export default {
  title: 'Fotos',
  yours: 'Deine Fotos',
  select: 'Auswählen',
  done: 'Fertig',
  reach: 'Nur du siehst sie, bis du eines zu deinem Bild machst oder teilst.',
  open: (name) => `Foto öffnen: ${name}`,
  selectOne: (name) => `Foto auswählen: ${name}`,
  nameless: 'ohne Beschreibung',
  active: 'Dein Bild',
  shownFor: (emails) =>
    emails.length === 1
      ? `Zu sehen für ${emails[0]}`
      : `Zu sehen für ${formatNumber(emails.length)} deiner Adressen`,

  steps: {
    title: 'Drei Schritte zu deinem Bild',
    add: 'Foto hinzufügen',
    addMore: 'Fotos hinzufügen',
    frame: 'Ausschnitt wählen',
    frameHint: 'Wähle, was der Kreis zeigt. Das ganze Foto bleibt, wie es ist.',
    frameNow: 'Ausschnitt wählen',
    asIs: 'Unverändert verwenden',
    use: 'Verwenden',
  },

  imports: {
    open: 'Mein Bild holen',
    from: 'Mein Bild holen von',
    asked: (email) => `Gefragt wird erst auf Knopfdruck, mit dem Hash von ${email}.`,
    bar: 'Bild holen',
    asking: (service) => `${service} wird nach deinem Bild gefragt`,
    fresh: (service) => `Dein Bild von ${service} ist jetzt unter deinen Fotos.`,
    known: (service) => `Dein Bild von ${service} ist schon hier.`,
  },

  own: {
    title: 'Dein Bild',
    alt: 'Was andere unter deiner URL sehen',
    form: 'Form der URL',
    other: 'Mehr: HTML, Markdown, Größe',
    size: 'Größe',
    key: 'Schlüssel',
    keys: { private: 'Privat', hash: 'E-Mail-Hash' },
    embedCode: 'den Code zum Einbinden',
    says: 'Die private URL verrät nichts über deine E\u2011Mail-Adresse.',
    finds: 'Wer es findet',
    how: 'So bindest du es ein',
    none: 'Kein Foto zeigen',
    reach: {
      found: (isOne) =>
        `Websites, die hierher zeigen, finden das Bild auch über deine ${isOne ? 'E\u2011Mail-Adresse' : 'Hauptadresse'}.`,
      off: (isOne) => `Deine ${isOne ? 'E\u2011Mail-Adresse' : 'Hauptadresse'} führt nicht zu diesem Bild.`,
      photo: 'Deine Hauptadresse zeigt ein eigenes Foto.',
      nothing: 'Deine Hauptadresse zeigt kein Foto.',
    },
    check: 'Prüfen',
    checkWhat: ', was die URL jetzt zeigt',
    checking: 'Die URL wird gefragt',
    age: 'Neue Besucher sehen eine Änderung sofort. Ein Browser, der das Bild schon gezeigt hat, behält das alte bis zu fünf Minuten.',
    got: (kind, size, time) => `Um ${time} hat die URL mit deinem Foto geantwortet: ${kind}, ${size}.`,
    gotDefault: (time) =>
      `Um ${time} hat die URL mit einem Standardbild geantwortet: Es ist kein Foto zu sehen.`,
    gotNothing: 'Die URL war nicht zu erreichen. Versuche es gleich noch einmal.',
    elsewhere: (origin) => `${origin} lässt sich nur von dort aus fragen.`,
  },

  now: {
    photo: 'Dieses Foto ist jetzt dein Bild. Andere sehen das alte vielleicht noch bis zu fünf Minuten.',
    framed:
      'Dein Bild hat einen neuen Ausschnitt. Andere sehen den alten vielleicht noch bis zu fünf Minuten.',
    none: 'Dein Konto zeigt jetzt kein Foto. Andere sehen das alte vielleicht noch bis zu fünf Minuten.',
    address: (email) =>
      `${email} zeigt jetzt dieses Foto. Andere sehen das alte vielleicht noch bis zu fünf Minuten.`,
  },
  goneElsewhere: 'Dieses Foto wurde anderswo gelöscht. Es ist jetzt auch hier nicht mehr zu sehen.',

  selection: {
    label: 'Ausgewählte Fotos',
    none: 'Auswahl aufheben',
    count: (count) => `${formatNumber(count)} ausgewählt`,
    loaded: (count) =>
      `${formatNumber(count)} ausgewählt: alle geladenen. Scrolle weiter, um ältere zu laden.`,
    through: (done, all) => `${formatNumber(done)} von ${formatNumber(all)}`,
    use: 'Als mein Bild verwenden',
    useShort: 'Mein Bild',
    share: 'Teilen',
    album: 'In Album',
    zip: 'Als ZIP',
    zipHint: 'Als ZIP herunterladen',
    zipTooMany: (most) => `In ein ZIP passen höchstens ${formatNumber(most)} Fotos. Wähle weniger aus.`,
    remove: 'Löschen',
    progress: 'Fortschritt bei den ausgewählten Fotos',
    shareOne: 'Dieses Foto teilen',
    shareSome: (photos) => `${photos} teilen`,
    added: (photos, title) => `${photos} zu „${title}“ hinzugefügt.`,
    left: (count, reason) =>
      plural(count, {
        one: `Ein Foto ist fehlgeschlagen und noch ausgewählt: ${reason}`,
        other: `{n} Fotos sind fehlgeschlagen und noch ausgewählt: ${reason}`,
      }),
    help: 'Pfeiltasten gehen durch die Fotos, die Leertaste wählt aus, die Eingabetaste öffnet, Entf löscht.',
  },

  album: {
    title: 'Zu einem Album hinzufügen',
    fresh: 'Neues Album',
    titleOf: 'Titel des neuen Albums',
    untitled: 'Gib dem neuen Album einen Titel.',
    of: (photos, owner) => `${photos}, von ${owner}`,
  },
} satisfies typeof en
