import { find } from '../shared/elements.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import { startOwner } from './owner.client'
import { startWays } from './ways.client'

const page = find(document, '[data-photo-page]', HTMLElement)

watchSession()
watchPictures()
startWays(page)
if (page.dataset.view) startOwner(page, JSON.parse(page.dataset.view))
