import { plural } from '../formats'

export default {
  undo: 'Undo',
  undone: 'Undone.',
  deleted: (count: number) => plural(count, { one: 'Photo deleted.', other: '{n} photos deleted.' }),
  /** Of what others see of the person, after `deleted`. */
  deletedShown:
    'It was your picture: a default one takes its place. Others may hold the old one up to five minutes.',
  deletedAmong:
    'Your picture was among them: a default one takes its place. Others may hold the old one up to five minutes.',
  /** After the photos came back to the page. */
  notDeleted: (count: number) =>
    plural(count, { one: 'The photo could not be deleted.', other: '{n} photos could not be deleted.' }),
}
