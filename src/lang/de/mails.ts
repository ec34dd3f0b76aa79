import type en from '../en/mails'

const SOMEBODY_ELSE =
  'Wenn du ihn nicht angefordert hast, brauchst du nichts zu tun: Ohne diesen Code kann niemand'

export default {
  codes: {
    'sign-in': {
      subject: (code) => `${code} ist dein Code, um dich bei Cameo anzumelden`,
      title: 'Dein Code, um dich bei Cameo anzumelden:',
      unasked: `${SOMEBODY_ELSE} sich als du anmelden.`,
    },
    address: {
      subject: (code) => `${code} ist dein Code, um diese Adresse bei Cameo hinzuzufügen`,
      title: 'Dein Code, um diese Adresse zu einem Cameo-Konto hinzuzufügen:',
      unasked: `${SOMEBODY_ELSE} deine Adresse hinzufügen.`,
    },
    deletion: {
      subject: (code) => `${code} ist dein Code, um dein Cameo-Konto zu löschen`,
      title: 'Dein Code, um dein Cameo-Konto mit allem darin endgültig zu löschen:',
      unasked:
        'Wenn du ihn nicht angefordert hast, ist jemand als du angemeldet: Beende in den Einstellungen von Cameo die Sitzungen, die du nicht kennst.',
    },
  },
  where: 'Gib ihn innerhalb von zehn Minuten auf der Seite ein, auf der du ihn angefordert hast.',
  primary: {
    subject: 'Dein Cameo-Konto hat eine andere Hauptadresse',
    said: (email) => `Die Hauptadresse deines Cameo-Kontos ist jetzt ${email}.`,
    advice:
      'Wenn du das nicht warst: Melde dich mit dieser Adresse an, mache sie wieder zur Hauptadresse und beende in den Einstellungen die Sitzungen, die du nicht kennst.',
  },
  invitation: {
    somebody: 'Jemand',
    subject: (name) => `${name} hat dir bei Cameo geschrieben`,
    said: (name) => `${name} hat dir bei Cameo geschrieben, wo man Fotos privat teilt.`,
    how: 'Die Nachricht wartet auf diese E-Mail-Adresse. Um sie zu lesen, melde dich hier mit der Adresse an:',
    last: 'Du möchtest solche E-Mails nicht? Hier stellst du sie für diese Adresse ab, wer auch immer schreibt:',
  },
} satisfies typeof en
