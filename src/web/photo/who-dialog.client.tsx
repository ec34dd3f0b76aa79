import { t } from '../../lang/tags'
import { readEmail } from '../../lib/email'
import { callApi } from '../shared/api.client'
import { showDialog } from '../shared/dialogs.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { runForm, showError } from '../shared/forms.client'
import { hashTyped } from '../shared/hash.client'
import type { ContactJson } from '../shared/sharing'
import { describeFault } from '../shared/words'
import type { Frame } from './frames'
import { KnownFace } from './who-dialog'

/** More would be a wall: typing narrows them down. */
const MOST_KNOWN = 12

interface Question {
  frame: Frame
  /** As a file calls whom it suggests; null where nothing is suggested. */
  suggested: string | null
  /** Whom they may pick, the likeliest first; `me` is what oneself is called there. */
  known: ContactJson[]
  me: string
  /** Tags somebody there. What it throws is said in the dialog, which stays as it is. */
  tag: (person: ContactJson) => Promise<void>
}

/**
 * Asks who is in a box and tags them there. Resolves with what was done when the dialog is closed. What was typed stays
 * until somebody is tagged: whoever closes it to mend the box finds it again.
 */
export async function askWho(question: Question): Promise<'tagged' | 'dismissed' | null> {
  const dialog = find(document, '[data-who-dialog]', HTMLDialogElement)
  const form = find(dialog, '[data-who-form]', HTMLFormElement)
  const email = find(form, '[name=email]', HTMLInputElement)
  const name = find(form, '[name=name]', HTMLInputElement)
  const submit = find(form, '[type=submit]', HTMLButtonElement)
  const known = find(dialog, '[data-known]', HTMLElement)
  const chips = find(dialog, '[data-chips]', HTMLElement)
  const noFace = find(dialog, '[data-no-face]', HTMLButtonElement)
  let done: 'tagged' | 'dismissed' | null = null
  let isOpen = true
  let working: Promise<unknown> | undefined

  const titleOf = (person: ContactJson) => (person.hash === question.me ? t().me : person.name)

  function showKnown(): void {
    const typed = email.value.trim().toLowerCase()
    const fitting = question.known.filter((each) => titleOf(each).toLowerCase().includes(typed))
    const drawn = fitting
      .slice(0, MOST_KNOWN)
      .map((each) => <KnownFace person={each} title={titleOf(each)} />)
    chips.replaceChildren(...drawn.map(draw))
    known.hidden = fitting.length === 0
  }

  async function finish(person: ContactJson): Promise<void> {
    await question.tag(person)
    done = 'tagged'
    if (!isOpen) return
    form.reset()
    dialog.close()
  }

  async function add(): Promise<void> {
    const read = readEmail(email.value)
    if ('fault' in read) return showError(form, describeFault(read.fault))
    await runForm(form, submit, async () => {
      const hash = await hashTyped(read.email)
      const called = name.value.trim()
      const before = question.known.find((each) => each.hash === hash)?.name
      if (called && called !== before) await callApi('PUT', `/api/contacts/${hash}`, { name: called })
      await finish({ hash, name: called || before || read.email })
    })
  }

  form.onsubmit = (event) => {
    event.preventDefault()
    working = Promise.all([working, add()])
  }
  email.oninput = showKnown
  chips.onclick = ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-hash]') : null
    const person = question.known.find(({ hash }) => hash === button?.dataset.hash)
    if (button && person) working = Promise.all([working, runForm(form, button, () => finish(person))])
  }
  noFace.onclick = () => {
    done = 'dismissed'
    form.reset()
    dialog.close()
  }
  noFace.hidden = question.suggested === null
  const offered = question.suggested ?? ''
  if (form.dataset.offered !== offered) form.reset() // what was typed is of somebody else
  form.dataset.offered = offered
  name.value ||= offered
  find(dialog, '[data-title]', HTMLElement).textContent = question.suggested
    ? t().tagQuestion(question.suggested)
    : t().whoIsThis
  showError(form, '', { focus: false })
  showKnown()
  drawFace(find(dialog, '[data-face-canvas]', HTMLCanvasElement), question.frame)
  const closed = showDialog(dialog)
  email.focus()
  await closed
  isOpen = false
  await working // what has begun is done, though the dialog is closed
  return done
}

/** What is in the box, as large as the canvas is. */
function drawFace(canvas: HTMLCanvasElement, { x, y, width, height }: Frame): void {
  const picture = find(document, '.sharp', HTMLImageElement)
  const context = canvas.getContext('2d')
  context?.clearRect(0, 0, canvas.width, canvas.height)
  const [whole, tall] = [picture.naturalWidth, picture.naturalHeight]
  if (!context || !whole || !tall) return
  const scale = Math.min(canvas.width / (width * whole), canvas.height / (height * tall))
  const [across, down] = [width * whole * scale, height * tall * scale]
  const [left, top] = [(canvas.width - across) / 2, (canvas.height - down) / 2]
  context.drawImage(picture, x * whole, y * tall, width * whole, height * tall, left, top, across, down)
}
