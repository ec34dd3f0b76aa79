import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'

watchSession()
watchPictures()
