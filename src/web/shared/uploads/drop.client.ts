import type { PhotoJson } from '../../../photos/answers'
import { find } from '../elements.client'
import { startUploadList } from './upload-list.client'

/** Takes files that are chosen in the upload area, or dropped anywhere on the page. */
export function startUploads(
  page: HTMLElement,
  { maxBytes, onDone }: { maxBytes: number; onDone: (photo: PhotoJson) => void },
): void {
  const input = find(page, '#files', HTMLInputElement)
  const drop = find(page, '[data-drop]', HTMLElement)
  const addFiles = startUploadList({
    list: find(page, '[data-upload-list]', HTMLElement),
    template: find(page, '[data-upload-template]', HTMLTemplateElement),
    maxBytes,
    onDone,
  })
  input.addEventListener('change', () => {
    addFiles(input.files ?? [])
    input.value = '' // so that choosing the same file again is a change
  })
  // The whole page takes files: what is dropped beside the area would otherwise replace the page.
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  document.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    drop.classList.add('over')
  })
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) drop.classList.remove('over')
  })
  document.addEventListener('drop', (event) => {
    drop.classList.remove('over')
    if (!carriesFiles(event)) return
    event.preventDefault()
    addFiles(event.dataTransfer?.files ?? [])
  })
}
