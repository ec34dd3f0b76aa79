import type en from '../en/code'

export default {
  sent: 'Wir haben einen achtstelligen Code an ',
  works: ' gesendet. Er gilt zehn Minuten, nur in diesem Browser.',
  local: 'Entwicklung: E\u2011Mails bleiben auf diesem Rechner.',
  mailbox: 'Lokale E\u2011Mails öffnen',
  label: 'Code',
  resend: 'Neuen Code senden',
  resendIn: (seconds) => `Neuer Code in ${seconds} s`,
  resent: 'Ein neuer Code ist unterwegs. Der alte gilt nicht mehr.',
  mail: 'Code per E-Mail senden',
} satisfies typeof en
