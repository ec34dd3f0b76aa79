import type en from '../en/received'

export default {
  shared: 'Mit mir geteilt',
  tagged: 'Fotos von mir',
  fromOthers: 'Von anderen',
  nothing: 'Noch nichts',
  sharedHint: 'Hier erscheinen Fotos und Alben, die andere mit einer deiner E\u2011Mail-Adressen teilen.',
  taggedHint: 'Hier erscheinen Fotos, auf denen dich jemand markiert.',
  albums: 'Alben',
  photos: 'Fotos',
  you: 'Du',
  removeMe: 'Mich entfernen',
  removeMeFrom: (name) => `Mich entfernen: ${name}`,
  removed: 'Du bist auf diesem Foto nicht mehr markiert, und dabei bleibt es.',
  untagTitle: 'Deine Markierung auf diesem Foto entfernen?',
  untagText:
    'Deine Markierung geht für immer: Niemand kann dich auf diesem Foto noch einmal markieren, auch du nicht. Wenn du das Foto nur siehst, weil du markiert bist, siehst du es dann nicht mehr.',
  stayTagged: 'Markiert bleiben',
} satisfies typeof en
