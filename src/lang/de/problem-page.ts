import type en from '../en/problem-page'

export default {
  nothing: 'Hier ist nichts',
  signInFirst: 'Melde dich zuerst an',
  notAllowed: 'Das ist nicht erlaubt',
  tooFast: 'Zu viele Anfragen',
  tooManyTries: 'Zu viele Versuche',
  ourFault: 'Bei uns ist etwas schiefgegangen',
  failed: 'Das ist nicht gelungen',
  mistyped:
    'Vielleicht ist der Link falsch geschrieben, oder was er zeigte, gibt es nicht mehr oder ist nicht mit dir geteilt.',
  linkMistyped:
    'Vielleicht ist der Link falsch geschrieben oder abgelaufen, oder wer ihn geschickt hat, hat ihn widerrufen.',
  toPhotos: 'Zu meinen Fotos',
  toStart: 'Zur Startseite',
  again: 'Erneut versuchen',
  code: 'Code:',
} satisfies typeof en
