import type en from '../en/invitations'

export default {
  box: 'Auch per E\u2011Mail mitteilen, dass eine Nachricht wartet',
  boxHint: (email) =>
    `Nur wenn ${email} kein Konto hat, und ohne das, was du schreibst. Wir behalten die Adresse nicht.`,
  typedHint:
    'Aus ihr wird in diesem Browser ein Hash; sie selbst wird nur an uns gesendet, wenn wir die Person per E\u2011Mail benachrichtigen sollen. Ein Konto ist noch nicht nötig: Die Nachricht wartet.',
  stop: {
    title: 'Keine E\u2011Mails mehr',
    lead: 'Jemand hat dir bei Cameo geschrieben, und wir haben es dir per E\u2011Mail mitgeteilt. Sollen wir das nie wieder tun?',
    hint: 'Es gilt für diese E\u2011Mail-Adresse, wer auch immer an sie schreibt. Codes zum Anmelden kommen weiterhin, wenn du sie anforderst.',
    button: 'Keine E\u2011Mails mehr senden',
    done: 'Wir senden dir keine solchen E\u2011Mails mehr.',
    doneHint: 'Was dir geschrieben wurde, wartet weiter, falls du dich einmal anmeldest.',
  },
} satisfies typeof en
