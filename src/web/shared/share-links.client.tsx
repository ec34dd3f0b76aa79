import { t } from '../../lang/sharing'
import { callApi, isGone, isSignedOut } from './api.client'
import { draw } from './draw.client'
import { find } from './elements.client'
import { runForm, showError } from './forms.client'
import { readAll } from './pages.client'
import { explain } from './refusals.client'
import { LinkRow } from './share-rows'
import type { LinkJson, NewLinkJson } from './sharing'
import { say } from './toasts.client'

/** Makes the links of the share dialog work. @param base path of the API of what they show */
export function startLinks(dialog: HTMLDialogElement, base: string) {
  const form = find(dialog, '[data-link-form]', HTMLFormElement)
  const submit = find(form, '[type=submit]', HTMLButtonElement)
  const rows = find(dialog, '[data-link-list]', HTMLElement)
  const made = find(dialog, '[data-made]', HTMLElement)
  const code = find(made, 'code', HTMLElement)
  const revokeAll = find(dialog, '[data-revoke-all]', HTMLButtonElement)
  let links: LinkJson[] = []
  let isRead = false
  let stopped = false

  function show(): void {
    rows.replaceChildren(...links.map((link) => draw(<LinkRow link={link} />)))
    revokeAll.hidden = links.length < 2
  }

  function hideMade(): void {
    made.hidden = true
    code.textContent = ''
    delete made.dataset.id
  }

  async function create(): Promise<void> {
    const password = find(form, '[name=password]', HTMLInputElement)
    const download = find(form, '[name=download]', HTMLInputElement).checked
    const { url, ...link } = await callApi<NewLinkJson>('POST', `${base}/links`, {
      expiresIn: Number(find(form, '[name=expiresIn]', HTMLSelectElement).value),
      ...(password.value && { password: password.value }),
      download,
    })
    form.reset()
    links = [link, ...links]
    show()
    code.textContent = url
    made.dataset.id = link.id
    made.hidden = false
    find(made, 'button', HTMLButtonElement).focus()
    say(dialog, t().linkMade)
  }

  async function revoke(button: HTMLElement, id: string): Promise<void> {
    await end(`${base}/links/${id}`)
    const at = [...rows.children].findIndex((row) => row.contains(button))
    links = links.filter((link) => link.id !== id)
    if (made.dataset.id === id) hideMade()
    show()
    const next = rows.children[Math.min(at, rows.childElementCount - 1)]
    ;(next?.querySelector<HTMLElement>('[data-revoke]') ?? submit).focus()
    say(dialog, t().linkRevoked)
  }

  form.onsubmit = (event) => {
    event.preventDefault()
    void runForm(form, submit, create)
  }
  rows.onclick = ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-revoke]') : null
    const id = button?.closest<HTMLElement>('[data-link]')?.dataset.link
    if (button && id) void runForm(form, button, () => revoke(button, id))
  }
  revokeAll.onclick = () =>
    void runForm(form, revokeAll, async () => {
      await end(`${base}/links`)
      links = []
      hideMade()
      show()
      submit.focus()
      say(dialog, t().allRevoked)
    })

  form.reset()
  showError(form, '', { focus: false })
  hideMade()
  rows.replaceChildren()
  revokeAll.hidden = true
  readAll<LinkJson>(`${base}/links`)
    .then((listed) => {
      if (stopped) return
      const here = new Set(links.map(({ id }) => id))
      links = [...links, ...listed.filter(({ id }) => !here.has(id))]
      isRead = true
      show()
    })
    .catch((thrown) => {
      if (!stopped && !isSignedOut(thrown)) showError(form, explain(thrown), { focus: false })
    })
  return {
    stop: () => {
      stopped = true
      hideMade()
    },
    read: () => (isRead ? links : null),
  }
}

/** What was ended elsewhere is as wanted. */
async function end(path: string): Promise<void> {
  await callApi('DELETE', path).catch((thrown) => {
    if (!isGone(thrown)) throw thrown
  })
}
