import type en from '../en/imports'

export default {
  none: (service, email) => `${service} hat kein Bild für ${email}.`,
  kind: (service) => `Was ${service} von dir hat, ist kein Bild als JPEG, PNG, WebP, GIF oder AVIF.`,
  damaged: (service) =>
    `Was ${service} gesendet hat, lässt sich nicht als Bild lesen. Speichere es dort und lade es hier selbst hoch.`,
  tooLarge: (service, limit) =>
    `Dein Bild bei ${service} ist größer als ${limit}. Verkleinere es und lade es hoch.`,
  tooManyPixels: 'Dieses Bild hat mehr als 50 Megapixel. Verkleinere es und lade es hoch.',
  unavailable: (service) =>
    `Dein Bild ließ sich nicht von ${service} holen. Versuche es in einer Minute noch einmal.`,
} satisfies typeof en
