import type en from '../en/invitations'

export default {
  box: 'Auch per E\u2011Mail sagen, dass eine Nachricht wartet',
  boxHint: (email) =>
    `Nur wenn ${email} kein Konto hat, und ohne das, was du schreibst. Wir behalten die Adresse nicht.`,
  typedHint:
    'Sie wird in diesem Browser gehasht und nur an uns geschickt, wenn wir ihnen eine E\u2011Mail schicken sollen. Ein Konto brauchen sie noch nicht: Die Nachricht wartet.',
  stop: {
    title: 'Keine Mails mehr',
    lead: 'Jemand hat dir bei Cameo geschrieben, und wir haben es dir per E\u2011Mail gesagt. Sollen wir das nie wieder tun?',
    hint: 'Es gilt für diese E\u2011Mail-Adresse, wer auch immer an sie schreibt. Codes zum Anmelden kommen weiterhin, wenn du sie anforderst.',
    button: 'Keine Mails mehr schicken',
    done: 'Wir schicken dir keine solchen Mails mehr.',
    doneHint: 'Was dir geschrieben wurde, wartet weiter, falls du dich einmal anmeldest.',
  },
} satisfies typeof en
