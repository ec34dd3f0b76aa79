import type en from '../en/problem-page'

export default {
  nothing: 'Hier ist nichts',
  signInFirst: 'Melde dich zuerst an',
  notAllowed: 'Das ist nicht erlaubt',
  tooFast: 'Ein wenig zu schnell',
  tooManyTries: 'Zu viele Versuche',
  ourFault: 'Bei uns ist etwas schiefgegangen',
  failed: 'Das hat nicht geklappt',
  mistyped:
    'Vielleicht ist der Link vertippt, oder was er zeigte, ist nicht mehr da oder nicht mit dir geteilt.',
  linkMistyped:
    'Vielleicht ist der Link vertippt oder abgelaufen, oder wer ihn geschickt hat, hat ihn zurückgezogen.',
  toPhotos: 'Zu meinen Fotos',
  toStart: 'Zur Startseite',
  again: 'Noch einmal versuchen',
  code: 'Code:',
} satisfies typeof en
