import { find } from '../elements.client'
import type { Target } from './rows.client'

/** Takes files wherever they come from: chosen, dropped or pasted anywhere on the page. */
export function takeFiles(add: (files: File[], album: Target | null) => void): void {
  const over = find(document, '[data-drop-over]', HTMLElement)
  const word = find(over, '[data-drop-word]', HTMLElement)
  const area = document.querySelector<HTMLElement>('[data-uploads]')
  /** The album that this page adds to, if it is one's to add to. */
  const target: Target | null = area?.dataset.album ? JSON.parse(area.dataset.album) : null
  word.textContent = area?.dataset.drop ?? word.textContent

  document.addEventListener('change', ({ target: input }) => {
    if (!(input instanceof HTMLInputElement) || !input.matches('[data-take-files]')) return
    add([...(input.files ?? [])], target)
    input.value = '' // so that choosing the same file again is a change
  })

  // The whole page takes files: what is dropped would otherwise replace it.
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const show = (shows: boolean) => {
    over.hidden = !shows
  }
  document.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    show(true)
  })
  document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget || show(false))
  document.addEventListener('dragend', () => show(false))
  document.addEventListener('drop', (event) => {
    show(false)
    if (!carriesFiles(event)) return
    event.preventDefault()
    add([...(event.dataTransfer?.files ?? [])], target)
  })

  document.addEventListener('paste', (event) => {
    const { clipboardData: clipboard, target: field } = event
    const files = [...(clipboard?.files ?? [])]
    const isTyping = field instanceof Element && field.closest('input, textarea, [contenteditable]') !== null
    if (!files.length || (isTyping && clipboard?.types.some((type) => type.startsWith('text/')))) return
    event.preventDefault()
    add(files, target)
  })
}
