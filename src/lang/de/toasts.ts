import type en from '../en/toasts'
import { plural } from '../formats'

export default {
  undo: 'Rückgängig',
  undone: 'Rückgängig gemacht.',
  deleted: (count) => plural(count, { one: 'Foto gelöscht.', other: '{n} Fotos gelöscht.' }),
  deletedShown:
    'Es war dein Bild: An seine Stelle tritt ein Standardbild. Andere sehen das alte vielleicht noch bis zu fünf Minuten.',
  deletedAmong:
    'Dein Bild war dabei: An seine Stelle tritt ein Standardbild. Andere sehen das alte vielleicht noch bis zu fünf Minuten.',
  notDeleted: (count) =>
    plural(count, {
      one: 'Das Foto konnte nicht gelöscht werden.',
      other: '{n} Fotos konnten nicht gelöscht werden.',
    }),
} satisfies typeof en
