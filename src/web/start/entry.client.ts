import { readEmail } from '../../lib/email'
import { find } from '../shared/elements.client'
import { watchPictures } from '../shared/pictures.client'
import { keepTried } from '../shared/tried.client'
import { startTryOut } from './try-out.client'

watchPictures()
const card = find(document, '[data-try-out]', HTMLElement)
startTryOut(card)

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element) || !target.closest('a[href="/sign-in"]')) return
  const read = readEmail(find(card, 'input', HTMLInputElement).value)
  if ('email' in read) keepTried(read.email)
})
