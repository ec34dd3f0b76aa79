export default {
  undo: 'Undo',
  undone: 'Undone.',
  deleted: (count: number) => (count === 1 ? 'Photo deleted.' : `${count} photos deleted.`),
  /** Of what others see of the person, after `deleted`. */
  deletedShown:
    'It was your picture: a default one takes its place. Others may hold the old one up to five minutes.',
  deletedAmong:
    'Your picture was among them: a default one takes its place. Others may hold the old one up to five minutes.',
  /** After the photos came back to the page. */
  notDeleted: (count: number) =>
    count === 1 ? 'The photo could not be deleted.' : `${count} photos could not be deleted.`,
}
