import { t as common } from '../../lang/shared'
import { t } from '../../lang/tags'
import type { SuggestionJson } from '../../tags/answers'
import { find, whileBusy } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { startFrame } from './frame.client'
import type { Frame } from './frames'

/** What a box is for. */
export type Purpose =
  | { kind: 'new'; face: SuggestionJson | null }
  | { kind: 'move'; whose: string; save: (frame: Frame) => Promise<void> }

interface Mode {
  picture: { width: number; height: number }
  /** Asks who is in the frame. */
  name: (frame: Frame, face: SuggestionJson | null) => Promise<'tagged' | 'dismissed' | null>
  /** After the mode was left, for whatever reason; where the focus goes then is its. */
  onLeave: (purpose: Purpose) => void
}

/** The mode in which boxes are drawn: one at a time, with a bar below the picture that says how. */
export function startTagging(page: HTMLElement, { picture, name, onLeave }: Mode) {
  const stage = find(page, '[data-stage]', HTMLElement)
  const bar = find(page, '[data-tag-bar]', HTMLElement)
  const help = find(bar, '[data-help]', HTMLElement)
  const error = find(bar, '[data-bar-error]', HTMLElement)
  const goOnButton = find(bar, '[data-go-on]', HTMLButtonElement)
  const leaveButton = find(bar, '[data-leave]', HTMLButtonElement)
  const layer = find(page, '[data-tag-layer]', HTMLElement)
  let purpose: Purpose | null = null
  const frame = startFrame(layer, { picture, onEnter: () => void goOn() })

  function enter(next: Purpose, first: Frame | null): void {
    purpose = next
    stage.dataset.tagging = ''
    bar.hidden = false
    error.textContent = ''
    const isMove = next.kind === 'move'
    help.textContent = isMove ? t().fit(next.whose) : t().help
    goOnButton.textContent = isMove ? common().save : t().whoIsIt
    leaveButton.textContent = isMove ? common().cancel : t().done
    frame.open(first)
    stage.scrollIntoView({ block: 'nearest' })
  }

  function leave(): void {
    if (!purpose) return
    const left = purpose
    purpose = null
    delete stage.dataset.tagging
    bar.hidden = true
    frame.close()
    onLeave(left)
  }

  /** What the box is for: it is named, or stands where it is now. */
  async function goOn(): Promise<void> {
    const [asked, drawn] = [purpose, frame.read()]
    if (!asked || !drawn) return
    if (asked.kind === 'new') {
      const answer = await name(drawn, asked.face)
      if (purpose !== asked) return
      if (answer) enter({ kind: 'new', face: null }, null)
      else frame.focus()
      return
    }
    await whileBusy(goOnButton, async () => {
      error.textContent = ''
      try {
        await asked.save(drawn)
        if (purpose === asked) leave()
      } catch (thrown) {
        error.textContent = explain(thrown) // the box stays as it was drawn
      }
    })
  }

  goOnButton.addEventListener('click', () => void goOn())
  leaveButton.addEventListener('click', leave)
  page.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !purpose) return
    if (event.target instanceof Element && event.target.closest('dialog')) return
    event.preventDefault() // the page stays
    leave()
  })

  return { enter, goOn, isOn: () => purpose !== null }
}
