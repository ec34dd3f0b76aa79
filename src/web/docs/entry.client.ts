import { startCopyButtons } from '../shared/copy.client'
import { watchPictures } from '../shared/pictures.client'

startCopyButtons()
watchPictures()
