import { find } from '../shared/elements.client'
import { takeOver } from '../shared/handover.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import { startOwner } from './owner.client'
import { isMe, pickTagged } from './tags'
import { startTags } from './tags.client'
import { startWays } from './ways.client'

const page = find(document, '[data-photo-page]', HTMLElement)

watchSession()
watchPictures()
// In the place of this photo, as it was before: one step back leads to the list.
startWays(page, takeOver({ open: (href) => location.replace(href) }))
let view = JSON.parse(page.dataset.tags ?? '')
const { refresh } = startTags(page, view, {
  onChange: (tags) => {
    view = { ...view, tags }
    owner?.showTagged(pickTagged(view))
  },
})
const owner = page.dataset.view
  ? startOwner(page, JSON.parse(page.dataset.view), {
      faces: () => view.tags.filter((tag: { hash: string | null }) => isMe(view, tag)),
      onShared: () => void refresh().catch(() => {}),
    })
  : null
