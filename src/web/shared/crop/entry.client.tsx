import { t } from '../../../lang/crop'
import type { PhotoJson } from '../../../photos/answers'
import { callApi } from '../api.client'
import { draw } from '../draw.client'
import { find, whileBusy } from '../elements.client'
import { findFaces } from '../faces.client'
import { explain } from '../refusals.client'
import { watchSession } from '../session.client'
import { say } from '../toasts.client'
import type { CropCall } from './crop-call.client'
import { CropDialog } from './crop-dialog'
import { forgetDraft, readDraft, rememberDraft, turnOf } from './drafts.client'
import { frameFace, frameMiddle, fromBox } from './framing'
import { startSending } from './sending.client'
import { copySquare, startStage } from './stage.client'

watchSession() // this bundle has calls of its own, which notice by themselves that a session is over

/** Nothing is empty meanwhile. */
async function sharpen(image: HTMLImageElement, url: string): Promise<void> {
  const larger = new Image()
  larger.src = url
  await larger.decode().then(
    () => (image.src = url),
    () => undefined, // what stands there will do
  )
}

export const openCrop: CropCall = (values) => {
  const { photo } = values
  const picture = { width: photo.width ?? 1, height: photo.height ?? 1 }
  const draft = readDraft(photo.id)
  const dialog = draw(
    <CropDialog altText={draft?.altText ?? photo.altText} isShown={values.isShown} />,
  ) as HTMLDialogElement
  const frameStep = find(dialog, '[data-frame-step]', HTMLFormElement)
  const wordsStep = find(dialog, '[data-words-step]', HTMLFormElement)
  const altText = find(wordsStep, '[name=altText]', HTMLTextAreaElement)
  const use = find(wordsStep, '[data-use]', HTMLButtonElement)
  const meter = find(wordsStep, '[data-sending]', HTMLElement)
  const error = find(wordsStep, '[data-error]', HTMLElement)
  /** Whether all of the photo shows, not a square of it. */
  let isWhole = false
  let result: PhotoJson | null = null

  document.body.append(dialog)
  const sending = startSending({ ...values, picture, tell })
  const stage = startFraming()

  /** The square as it was left, or as it was cut; else around a face, else in the middle. */
  function startFraming() {
    let { faces } = values
    let isTouched = false
    const fresh = () => frameFace(faces, picture) ?? frameMiddle(picture)
    const last = photo.crop && fromBox(photo.crop.box, turnOf(photo.crop.id), picture)
    const stage = startStage(dialog, {
      ...{ picture, fresh },
      first: draft?.framing ?? last ?? fresh(),
      onChange: () => {
        isTouched = true
        sending.takeBack()
        remember()
      },
    })
    const image = find(dialog, '[data-picture]', HTMLImageElement)
    image.src = values.preview
    if (values.sharper) void sharpen(image, values.sharper)
    if (draft || last || faces.length) return stage
    void findFaces(image).then((found) => {
      faces = found
      if (found.length && !isTouched) stage.set(fresh())
    })
    return stage
  }

  function remember(): void {
    rememberDraft(photo.id, { framing: stage.read(), altText: altText.value })
  }

  function tell(text: string, share: number | null): void {
    const progress = find(meter, '[data-progress]', HTMLProgressElement)
    meter.hidden = false
    find(meter, '[data-state]', HTMLElement).textContent = text
    if (share === null) {
      progress.removeAttribute('value') // no known end: the bar moves by itself
      say(dialog, text)
    } else progress.value = share * 100
  }

  function go(step: 'frame' | 'words'): void {
    frameStep.hidden = step !== 'frame'
    wordsStep.hidden = step !== 'words'
    find(dialog, '[data-title]', HTMLElement).textContent = step === 'frame' ? t().title : t().wordsTitle
    error.textContent = ''
    meter.hidden = true
    use.textContent = values.isShown ? t().keep : t().use
    const first = step === 'frame' ? find(dialog, '[data-room]', HTMLElement) : altText
    first.focus({ preventScroll: true })
  }

  function choose({ whole }: { whole: boolean }): void {
    isWhole = whole
    if (!whole) sending.loadAhead() // while they write
    const shown = find(dialog, '[data-result]', HTMLCanvasElement)
    shown.hidden = whole
    copySquare(find(dialog, '[data-preview="96"]', HTMLCanvasElement), shown)
    go('words')
  }

  async function run(words: string): Promise<PhotoJson> {
    const path = `/api/photos/${photo.id}`
    if (words !== photo.altText) await callApi('PATCH', path, { altText: words })
    if (!isWhole) await sending.send(stage.read())
    else if (photo.crop) await callApi('DELETE', `${path}/crop`)
    const changed = await callApi<PhotoJson>('GET', path)
    await values.finish(changed)
    return changed
  }

  async function submit(words: string): Promise<void> {
    error.textContent = ''
    try {
      result = await run(words)
      dialog.close()
    } catch (thrown) {
      if (sending.isStopped()) return
      error.textContent = explain(thrown)
      use.textContent = t().retry
      meter.hidden = true
    }
  }

  const isBusy = () => use.getAttribute('aria-busy') === 'true'
  frameStep.addEventListener('submit', (event) => {
    event.preventDefault()
    choose({ whole: false })
  })
  wordsStep.addEventListener('submit', (event) => {
    event.preventDefault()
    const isSkip = event.submitter?.matches('[data-skip]')
    void whileBusy(use, () => submit(isSkip ? photo.altText : altText.value.trim()))
  })
  wordsStep.addEventListener('input', remember)
  dialog.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    if (button?.matches('[data-whole]')) choose({ whole: true })
    else if (button?.matches('[data-close]')) dialog.close()
    else if (button?.matches('[data-back]')) {
      if (isBusy()) sending.stop()
      go('frame')
    }
  })
  const warn = (event: Event) => isBusy() && event.preventDefault()
  addEventListener('beforeunload', warn)

  dialog.showModal()
  go('frame')
  stage.show()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      removeEventListener('beforeunload', warn)
      if (!result) sending.stop()
      sending.release()
      forgetDraft(photo.id)
      dialog.remove()
      resolve(result)
    })
  })
}
