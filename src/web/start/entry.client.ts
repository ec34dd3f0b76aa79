import { watchPictures } from '../shared/pictures.client'

watchPictures()
