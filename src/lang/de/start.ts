import type en from '../en/start'

export default {
  deleted:
    'Dein Konto ist gelöscht, mit allem darin. Wenn du dich wieder anmeldest, entsteht ein neues, leeres.',
  title: 'Eine URL für dein Gesicht',
  lead: 'Setze eine URL überall ein, wo dein Bild hingehört. Ändere das Bild einmal, und alle diese Orte zeigen nach wenigen Minuten das neue. Deine übrigen Fotos bleiben privat.',
  getUrl: 'Deine URL holen',
  howToEmbed: 'So bindest du sie ein',
  noPassword: 'Kein Passwort. Deine E\u2011Mail-Adresse genügt.',

  tryOut: {
    title: 'Ausprobieren',
    email: 'Eine E\u2011Mail-Adresse',
    placeholder: 'du@example.com',
    hashes: 'Wonach Websites fragen',
    pictures: 'Was für dich steht, bis du ein Foto wählst',
    promise:
      'Nichts, was du eingibst, verlässt deinen Browser: Er bildet den Hash und zeichnet die Bilder selbst.',
    drawn: 'Die Bilder gehören zu der Adresse, die du eingegeben hast.',
    failed:
      'Ohne Verbindung können die Bilder nicht gezeichnet werden. Gib noch etwas ein, um es erneut zu versuchen.',
  },

  features: 'Was es kann',
  face: 'Dein Gesicht, überall',
  faces: {
    change: {
      title: 'Einmal ändern',
      text: 'Lade viele Fotos hoch und mache eines aktiv. Deine URL zeigt von da an dieses; andere sehen das alte vielleicht noch bis zu fünf Minuten.',
    },
    private: {
      title: 'Privat, solange nicht aktiv',
      text: 'Nur dein aktives Foto ist öffentlich, ohne Ort und Kameradaten. Die anderen siehst nur du, bis du sie teilst.',
    },
    fits: {
      title: 'Passt überallhin',
      text: 'Von 16 bis 2048 Pixel, in einem kleinen Format, das der Browser liest. Programme, bei denen du den Gravatar-Server wählen kannst, können es benutzen.',
    },
  },
  photos: 'Deine Fotos, für wen du willst',
  shares: {
    email: {
      title: 'Per E\u2011Mail-Adresse geteilt',
      text: 'Auch mit Personen, die noch kein Konto haben: Ihre Adresse wird in deinem Browser zum Hash und nie an uns gesendet.',
    },
    link: {
      title: 'Oder per Link, der endet',
      text: 'Nach Minuten oder Tagen, auf Wunsch mit Passwort. Ist er widerrufen, zeigt er vom nächsten Aufruf an nichts mehr.',
    },
    export: {
      title: 'Zum Mitnehmen',
      text: 'Jedes Original, wie du es hochgeladen hast, in einem ZIP, und dein Konto mit allem darin gelöscht, sobald du es willst.',
    },
  },
  stance:
    'Keine Werbung, keine Tracker, keine Cookies bei Bildern. Deine E\u2011Mail-Adresse wird nie gezeigt, und nur du entscheidest, ob sie zu deinem Bild führt.',
} satisfies typeof en
