import { t } from '../../lang/received'
import { find } from '../shared/elements.client'
import { takeOverTiles } from '../shared/handover.client'
import { watchPictures } from '../shared/pictures.client'
import { watchReturns } from '../shared/returns.client'
import { watchSession } from '../shared/session.client'
import { notify } from '../shared/toasts.client'
import { removeMyself } from '../shared/untag-dialog.client'

const page = find(document, '[data-tagged]', HTMLElement)

watchSession()
watchPictures()
watchReturns()
takeOverTiles(page)
page.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-remove-me]') : null
  if (button) void leave(button)
})

async function leave(button: HTMLElement): Promise<void> {
  const tile = button.closest<HTMLElement>('[data-tile]')
  if (!tile?.dataset.tile || !(await removeMyself(tile.dataset.tile, page.dataset.hash ?? ''))) return
  const next = (tile.nextElementSibling ?? tile.previousElementSibling)?.querySelector<HTMLElement>(
    '[data-remove-me]',
  )
  tile.remove()
  find(page, '[data-empty]', HTMLElement).hidden = page.querySelector('[data-tile]') !== null
  ;(next ?? find(page, '[data-title]', HTMLElement)).focus()
  notify(t().removed)
}
