import { callApi, isGone } from './api.client'
import { attempt } from './attempts.client'
import { draw } from './draw.client'
import { find } from './elements.client'
import { NamingRow } from './share-rows'
import type { ContactJson } from './sharing'

/**
 * Lets a name be typed in the place of somebody's row: Enter keeps it, an empty one takes it back, Escape leaves it as it
 * was. `done` draws the row again, with the name where it is another one.
 */
export function startNaming(row: HTMLElement, person: ContactJson, done: (name?: string) => void): void {
  const fresh = draw(<NamingRow person={person} />)
  const form = find(fresh, 'form', HTMLFormElement)
  const input = find(form, 'input', HTMLInputElement)
  row.replaceWith(fresh)
  input.select()
  input.focus()
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.preventDefault() // it would close the dialog
    event.stopPropagation()
    done()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const name = input.value.trim()
    const path = `/api/contacts/${person.hash}`
    void attempt(find(form, 'button', HTMLButtonElement), async () => {
      if (name) await callApi('PUT', path, { name })
      else {
        await callApi('DELETE', path).catch((thrown) => {
          if (!isGone(thrown)) throw thrown
        })
      }
      done(name)
    })
  })
}
