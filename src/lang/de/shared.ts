import type en from '../en/shared'
import { plural } from '../formats'

export default {
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  saved: 'Gespeichert.',
  add: 'Hinzufügen',
  share: 'Teilen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  select: 'Auswählen',
  copyByHand: 'Kopieren ist hier nicht erlaubt. Der Text ist ausgewählt: Kopiere ihn von Hand.',
  morePhotos: 'Mehr Fotos zeigen',
  photos: (count) => plural(count, { one: '{n} Foto', other: '{n} Fotos' }),

  faults: {
    form: 'Gib deine E\u2011Mail-Adresse ein, zum Beispiel du@example.com.',
    letters:
      'An diese Adresse können wir keine E\u2011Mail senden: Vor dem @ sind nur a bis z, Ziffern und Zeichen wie . _ - + möglich.',
  },
  shortCode: 'Der Code hat acht Ziffern.',

  explain: {
    page: 'Auf dieser Seite ist etwas schiefgegangen. Lade sie neu und versuche es noch einmal.',
    network: 'Keine Verbindung. Prüfe dein Netz und versuche es noch einmal.',
    signedOut:
      'Du bist abgemeldet. Melde dich an und versuche es dann noch einmal: Was du eingegeben hast, bleibt hier.',
    ours: 'Bei uns ist etwas schiefgegangen. Versuche es gleich noch einmal.',
  },

  session: {
    over: 'Du bist abgemeldet.',
    kept: 'Was du eingegeben und hinzugefügt hast, bleibt hier.',
    signIn: 'Melde dich an',
    goOn: ', dann geht es weiter.',
    other: 'Jetzt ist eine andere Person angemeldet.',
    nothingSent: 'Von dieser Seite wird nichts in ihrem Namen gesendet.',
    signOut: 'Melde sie ab',
    again: ' und melde dich wieder an, um weiterzumachen, oder ',
    reload: 'lade die Seite neu',
  },

  lookup: {
    on: 'An: Websites, die hierher zeigen, finden das Bild unter dieser Adresse.',
    off: 'Aus: Wer nach dieser Adresse fragt, bekommt die Antwort für eine unbekannte Person.',
  },
  state: {
    none: 'Keines deiner Fotos ist aktiv, darum ist ein Standardbild zu sehen. Lade eines hoch und mache es aktiv.',
    shows:
      'Dieses Bild ist überall zu sehen, wo deine URL steht. Nach einer Änderung sehen andere das alte vielleicht noch bis zu fünf Minuten.',
    rated: (rating) =>
      `Dein aktives Foto ist mit ${rating} eingestuft. Zu sehen ist es nur, wo eine Website die Einstufung ${rating} erlaubt, wie die URL unten. Anderswo ist ein Standardbild zu sehen.`,
  },
} satisfies typeof en
