import type en from '../en/settings'
import { formatBytes, formatNumber, plural } from '../formats'

export default {
  title: 'Einstellungen',
  sections: 'Abschnitte',
  all: 'Alle Einstellungen',
  names: {
    profile: { title: 'Profil', about: 'Der Name zu deinem Bild' },
    addresses: { title: 'Adressen', about: 'Was jede deiner E\u2011Mail-Adressen zeigt' },
    privacy: { title: 'Privatsphäre', about: 'Markierungen und die URL, die niemand errät' },
    devices: { title: 'Geräte', about: 'Die Browser, die angemeldet sind' },
    tokens: { title: 'API-Token', about: 'Für Programme, die in deinem Namen handeln' },
    data: { title: 'Daten', about: 'Belegter Platz, Export und alles löschen' },
  },

  profile: {
    title: 'So sehen dich andere',
    picture: 'Bild ändern',
    name: 'Anzeigename',
    hint: 'Alle sehen ihn, die dein Bild finden können. Lass ihn leer, um namenlos zu bleiben.',
  },

  addresses: {
    title: 'Deine Adressen',
    intro:
      'Jede deiner E\u2011Mail-Adressen zeigt das Bild deines Kontos oder ein eigenes Foto. Niemand erfährt, dass sie zusammengehören. Wer es auch nicht erraten soll, darf nicht zweimal dasselbe Bild sehen.',
    lookup:
      'Wie bei Gravatar fragen Websites nach einem Hash, einer Zahl, die aus einer Adresse entsteht. Er lässt sich erraten: Wer naheliegende Adressen durchprobiert, sieht, zu welcher er gehört. Ist das abgeschaltet, antworten beide Hashes der Adresse (SHA-256 und MD5) wie für eine unbekannte Person; wer das Bild schon hat, zeigt es vielleicht noch fünf Minuten.',
    primary: 'Hauptadresse',
    finds: 'Wer diese Adresse kennt, findet es',
    findsOf: (email) => `Wer diese Adresse kennt, findet es: ${email}`,
    choose: 'Bild wählen',
    chooseOf: (email) => `Bild wählen für ${email}`,
    makePrimary: 'Zur Hauptadresse machen',
    makePrimaryOf: (email) => `Zur Hauptadresse machen: ${email}`,
    remove: 'Entfernen',
    removeOf: (email) => `${email} entfernen`,
    showsAccount: 'Zeigt das Bild deines Kontos.',
    followsNone: 'Folgt deinem Konto, das kein Foto zeigt.',
    showsOwn: 'Zeigt ein eigenes Foto.',
    showsNone: 'Zeigt kein Foto: An seiner Stelle steht ein Standardbild.',
    leads: (email) => `${email} führt zu ihrem Bild.`,
    leadsNoMore: (email) =>
      `${email} führt nicht mehr zu deinem Bild. Andere sehen es vielleicht noch bis zu fünf Minuten.`,
    isPrimary: (email) => `${email} ist jetzt deine Hauptadresse.`,
    gone: 'Diese Adresse wurde anderswo entfernt.',
    removed: 'Die Adresse ist entfernt.',
    saved: 'Gespeichert. Andere sehen das alte Bild vielleicht noch bis zu fünf Minuten.',
  },
  adding: {
    title: 'Adresse hinzufügen',
    placeholder: 'du@example.com',
    hint: 'Sie gehört dir, sobald du den Code eingegeben hast, den wir an sie senden. Von da an zeigt sie das Bild deines Kontos, und wer sich mit ihr anmeldet, landet hier.',
    submit: 'Adresse hinzufügen',
    other: 'Andere Adresse',
    added: (email) => `${email} gehört jetzt dir.`,
  },
  picture: {
    title: 'Bild von ',
    account: 'Bild des Kontos',
    none: 'Kein Foto',
    asNow: 'Wie es ist',
    of: (day) => `Foto vom ${day}`,
    gone: 'Dieses Foto wurde anderswo gelöscht. Wähle ein anderes.',
  },
  removing: {
    title: 'Diese Adresse entfernen?',
    before: 'Vom nächsten Aufruf an zeigen die URLs zu ',
    after:
      ' nichts mehr von dir; andere sehen das Bild vielleicht noch bis zu fünf Minuten. Eine Anmeldung mit dieser Adresse würde ein neues Konto anlegen. Deine Fotos bleiben.',
    keep: 'Behalten',
  },

  tags: {
    title: 'Markierungen',
    who: 'Wer mich markieren darf',
    anyone: 'Alle, die es dürfen: auf ihren eigenen Fotos, und auf anderen, wenn du sie siehst',
    nobody: 'Nur ich selbst',
    hint: 'Niemand erfährt, was du gewählt hast. Vorhandene Markierungen bleiben: Entferne dich unter ',
    tagged: 'Fotos von mir',
    off: 'Ab jetzt kann dich niemand mehr markieren.',
    on: 'Ab jetzt können dich andere markieren.',
  },
  url: {
    title: 'Private URL',
    label: 'die private URL',
    hint: 'Zufällig: Sie verrät nichts über deine Adressen, und niemand errät sie. Wem du sie gibst, der sieht das Bild deines Kontos, was auch immer deine Adressen zeigen.',
    renew: 'URL erneuern',
    question: 'Private URL erneuern?',
    warning:
      'Die alte URL gilt binnen fünf Minuten nirgends mehr, wo du sie eingesetzt hast: Dort steht ein Standardbild, bis du die neue URL einsetzt. Das lässt sich nicht rückgängig machen.',
    keep: 'Behalten',
    confirm: 'Erneuern',
    renewed: 'Das ist deine neue URL. Die alte endet binnen fünf Minuten.',
  },

  sessions: {
    title: 'Angemeldete Browser',
    before: 'Du bist angemeldet als ',
    after: '. Ein Browser, der 30 Tage nicht benutzt wird, wird abgemeldet.',
    unnamed: 'Ein Browser',
    on: (program, system) => `${program} unter ${system}`,
    current: 'Dieser Browser',
    since: 'Angemeldet am ',
    used: 'Zuletzt benutzt am ',
    end: 'Abmelden',
    endOf: (name) => `${name} abmelden`,
    endOthers: 'Alle anderen abmelden',
    question: 'Alle anderen Browser abmelden?',
    warning: 'Jeder Browser außer diesem wird beim nächsten Aufruf abgemeldet. API-Token bleiben.',
    confirm: 'Abmelden',
    ended: 'Dieser Browser ist abgemeldet.',
    othersEnded: 'Alle anderen Browser sind abgemeldet.',
  },

  tokens: {
    title: 'Deine Token',
    before: 'Für Programme, die in deinem Namen handeln. Sie senden ',
    after: '. Ein Token kann keine Token erstellen oder widerrufen.',
    none: 'Du hast keine Token.',
    name: 'Name eines neuen Tokens',
    example: 'Sicherungsskript',
    create: 'Erstellen',
    created: 'Erstellt am ',
    neverUsed: 'nie benutzt',
    lastUsed: 'zuletzt benutzt am ',
    revoke: 'Widerrufen',
    revokeOf: (name) => `${name} widerrufen`,
    newTitle: 'Dein neues Token',
    newHint:
      'Kopiere es jetzt. Wir behalten nur seinen Hash, deshalb lässt es sich nicht noch einmal zeigen.',
    label: 'das Token',
    firstCall: 'Ein erster Aufruf, im Terminal:',
    callLabel: 'den ersten Aufruf',
    more: 'Alle Aufrufe',
    done: 'Fertig',
    question: 'Dieses Token widerrufen?',
    warningBefore: 'Programme, die ',
    warningAfter: ' benutzen, funktionieren sofort nicht mehr. Das lässt sich nicht rückgängig machen.',
    revoked: 'Das Token ist widerrufen.',
    nameless: 'Gib dem Token einen Namen, an dem du es später erkennst.',
  },

  usage: {
    title: 'Belegter Platz',
    bytes: (used, most) => `${formatBytes(used)} von ${formatBytes(most)}`,
    photos: (used, most) =>
      `${plural(used, { one: '{n} Foto', other: '{n} Fotos' })} von ${formatNumber(most)}`,
    hint: 'Es zählen die Originale, so groß, wie du sie hochgeladen hast, ebenso Ausschnitte und laufende Uploads.',
  },
  export: {
    title: 'Export',
    before: (holdings) => `Eine ZIP-Datei mit ${holdings} und `,
    after:
      ': dein Profil, deine Adressen und Kontakte, Beschreibungen, Alben, Markierungen und Nachrichten, mit wem und über welche Links du teilst, und die Namen und Tage von Token und Browsern.',
    download: 'Alles herunterladen',
    nothing: 'noch keinen Fotos',
    originals: (photos, bytes) =>
      `${plural(photos, {
        one: 'dem Original deines einen Fotos',
        other: 'den Originalen deiner {n} Fotos',
      })} (${formatBytes(bytes)})`,
  },
  deletion: {
    title: 'Konto löschen',
    before:
      'Alles geht, endgültig: dein Profil, alle Adressen, alle Fotos und alle API-Token, und jeder Browser wird abgemeldet. Deine URLs zeigen vom nächsten Aufruf an nichts mehr von dir; andere sehen das Bild vielleicht noch bis zu fünf Minuten. ',
    export: 'Exportiere',
    after: ' vorher, was du behalten willst.',
    sureBefore: 'Damit sicher ist, dass du es bist, senden wir einen Code an ',
    sureAfter: '. Nichts wird gelöscht, bevor du ihn eingibst.',
    ask: 'Code per E-Mail senden',
    submit: 'Alles löschen',
    keep: 'Konto behalten',
    kept: 'Dein Konto bleibt.',
  },
} satisfies typeof en
