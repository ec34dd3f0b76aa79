import type en from '../en/docs'

export default {
  title: 'Bilder einbinden',
  pages: 'Dokumentation',
  guide: 'Anleitung',
  api: 'API-Referenz',
  onThisPage: 'Auf dieser Seite',
  example: (section) => `das Beispiel: ${section}`,
  sheet: 'Hundert davon',
  errors: 'Fehlercodes',
  errorsBefore: 'Jeder Fehler der API ist ',
  errorsBetween: ' (RFC 9457). Sein ',
  errorsAnd: ' ist einer von diesen und bleibt gleich; sein ',
  errorsAfter: ' ist zum Lesen da und kann sich ändern.',
} satisfies typeof en
