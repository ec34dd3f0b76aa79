import type en from '../en/sign-in'

export default {
  signIn: 'Anmelden',
  title: 'Bei Cameo anmelden',
  checkMail: 'Sieh in deine E\u2011Mails',
  noPassword: 'Kein Passwort: Wir senden dir einen Code. Eine neue Adresse bekommt ein neues Konto.',
  email: 'E-Mail',
  placeholder: 'du@example.com',
  privacy:
    'Dein Bild ist auch über einen Hash dieser Adresse zu finden, wie bei Gravatar. Ein Hash lässt sich erraten: Wer deine Adresse kennt, findet dein Bild, aber keines deiner anderen Fotos. Das kannst du abschalten.',
  other: 'Andere Adresse',
} satisfies typeof en
