import { find } from '../shared/elements.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import { startOwner } from './owner.client'
import { pickTagged } from './tags'
import { startTags } from './tags.client'
import { startWays } from './ways.client'

const page = find(document, '[data-photo-page]', HTMLElement)

watchSession()
watchPictures()
startWays(page)
const view = JSON.parse(page.dataset.tags ?? '')
const { refresh } = startTags(page, view, {
  onChange: (tags) => owner?.showTagged(pickTagged({ ...view, tags })),
})
const owner = page.dataset.view
  ? startOwner(page, JSON.parse(page.dataset.view), { onShared: () => void refresh().catch(() => {}) })
  : null
