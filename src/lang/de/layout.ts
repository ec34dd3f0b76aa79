import type en from '../en/layout'

export default {
  claim: 'eine URL für dein Gesicht',
  promise: 'Cameo: eine URL für dein Gesicht und ein privater Ort für deine Bilder.',
  skip: 'Zum Inhalt',
  needsScript: 'Diese Seite braucht JavaScript. Schalte es für diese Website ein.',
  more: 'Mehr',
  guide: 'Anleitung',
  embeddingGuide: 'Anleitung zum Einbinden',
  docs: 'Dokumentation',
  apiReference: 'API-Referenz',
  errorCodes: 'Fehlercodes',
  main: 'Hauptnavigation',
  photos: 'Fotos',
  albums: 'Alben',
  shared: 'Geteilt',
  inbox: 'Postfach',
  settings: 'Einstellungen',
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  signOutWho: (email) => `${email} abmelden`,
} satisfies typeof en
