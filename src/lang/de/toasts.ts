import type en from '../en/toasts'

export default {
  undo: 'Rückgängig',
  undone: 'Rückgängig gemacht.',
  deleted: (count) => (count === 1 ? 'Foto gelöscht.' : `${count} Fotos gelöscht.`),
  deletedShown:
    'Es war dein Bild: An seine Stelle tritt ein Standardbild. Andere sehen das alte noch bis zu fünf Minuten.',
  deletedAmong:
    'Dein Bild war dabei: An seine Stelle tritt ein Standardbild. Andere sehen das alte noch bis zu fünf Minuten.',
  notDeleted: (count) =>
    count === 1 ? 'Das Foto konnte nicht gelöscht werden.' : `${count} Fotos konnten nicht gelöscht werden.`,
} satisfies typeof en
