import { find } from '../shared/elements.client'
import { watchPictures } from '../shared/pictures.client'
import { startTryOut } from './try-out.client'

watchPictures()
startTryOut(find(document, '[data-try-out]', HTMLElement))
