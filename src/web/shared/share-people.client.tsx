import { t } from '../../lang/sharing'
import { readEmail } from '../../lib/email'
import { callApi, isGone, isSignedOut } from './api.client'
import { attempt } from './attempts.client'
import { draw } from './draw.client'
import { find } from './elements.client'
import { runForm, showError } from './forms.client'
import { hashTyped } from './hash.client'
import { startNaming } from './naming.client'
import { readAll } from './pages.client'
import { NAMELESS } from './people'
import { explain } from './refusals.client'
import { doSeveral } from './several.client'
import { KnownPerson, PersonRow } from './share-rows'
import type { ContactJson, KnownMember, Role, ShareJson, ShareTarget } from './sharing'
import { say } from './toasts.client'
import { describeFault } from './words'

type Person = ShareJson | KnownMember

/** More would be a wall: typing narrows them down. */
const MOST_KNOWN = 12

/** Makes the people of the share dialog work for a target. Returns what stops it, and what reads the list. */
export function startPeople(dialog: HTMLDialogElement, target: ShareTarget) {
  const form = find(dialog, '[data-person-form]', HTMLFormElement)
  const email = find(form, '[name=email]', HTMLInputElement)
  const name = find(form, '[name=name]', HTMLInputElement)
  const submit = find(form, '[type=submit]', HTMLButtonElement)
  const rows = find(dialog, '[data-people]', HTMLElement)
  const nobody = find(dialog, '[data-nobody]', HTMLElement)
  const known = find(dialog, '[data-known]', HTMLElement)
  const progress = find(dialog, '[data-progress]', HTMLProgressElement)
  const chips = find(dialog, '[data-chips]', HTMLElement)
  const hasRoles = target.people === 'members'
  const lists = target.bases.length === 1
  let people: Person[] = []
  let contacts: ContactJson[] = []
  let isRead = false
  let stopped = false

  const pathsOf = (hash: string) => target.bases.map((base) => `${base}/${target.people}/${hash}`)

  function show(): void {
    const drawn = people.map((person) => (
      <PersonRow person={person} {...('role' in person && { role: person.role })} />
    ))
    rows.replaceChildren(...drawn.map(draw))
    nobody.hidden = people.length > 0 || !lists
    showKnown()
  }

  function showKnown(): void {
    const typed = email.value.trim().toLowerCase()
    const here = new Set(people.map(({ hash }) => hash))
    const fitting = contacts.filter((each) => !here.has(each.hash) && each.name.toLowerCase().includes(typed))
    chips.replaceChildren(
      ...fitting.slice(0, MOST_KNOWN).map((person) => draw(<KnownPerson person={person} />)),
    )
    known.hidden = fitting.length === 0
  }

  /** Of several things, how many are through. */
  function showProgress(through: number, of: number): void {
    progress.hidden = of === 1 || through === of
    progress.max = of
    progress.value = through
  }

  /** Grants to somebody what is shared, all of it or as much as goes. */
  async function share({ hash, name: called }: ContactJson): Promise<void> {
    const role = hasRoles ? (find(form, '[name=role]', HTMLSelectElement).value as Role) : undefined
    const paths = pathsOf(hash)
    const { done, failed } = await doSeveral(
      paths,
      (path) => callApi('PUT', path, role && { role }),
      (through) => showProgress(through, paths.length),
    )
    if (!done.length) throw failed[0]?.reason
    const person = { hash, name: called, createdAt: Date.now(), ...(role && { role }) }
    people = [person, ...people.filter((each) => each.hash !== hash)]
    show()
    if (!failed.length) return say(dialog, t().sharedWith(called))
    showError(form, t().sharedPartly(done.length, paths.length, called, explain(failed[0]?.reason)))
  }

  async function add(): Promise<void> {
    const read = readEmail(email.value)
    if ('fault' in read) return showError(form, describeFault(read.fault))
    await runForm(form, submit, async () => {
      const hash = await hashTyped(read.email)
      const called = name.value.trim()
      const before = contacts.find((contact) => contact.hash === hash)?.name
      if (called && called !== before) {
        await callApi('PUT', `/api/contacts/${hash}`, { name: called })
        contacts = [{ hash, name: called }, ...contacts.filter((contact) => contact.hash !== hash)]
      }
      const typed = email.value.trim()
      email.value = ''
      name.value = ''
      try {
        await share({ hash, name: called || before || read.email })
      } catch (thrown) {
        email.value = typed
        name.value = called
        throw thrown
      }
      if (!form.querySelector('[aria-invalid]')) email.focus()
    })
  }

  async function remove(row: HTMLElement, hash: string): Promise<void> {
    const paths = pathsOf(hash)
    const { failed } = await doSeveral(
      paths,
      (path) =>
        callApi('DELETE', path).catch((thrown) => {
          if (!isGone(thrown)) throw thrown // ended elsewhere: as wanted
        }),
      (through) => showProgress(through, paths.length),
    )
    if (failed[0]) throw failed[0].reason
    const at = [...rows.children].indexOf(row)
    const gone = people.find((person) => person.hash === hash)
    people = people.filter((person) => person.hash !== hash)
    show()
    const next = rows.children[Math.min(at, rows.childElementCount - 1)]
    ;(next?.querySelector<HTMLElement>('[data-remove]') ?? email).focus()
    say(dialog, t().noMore(gone?.name ?? t().thatPerson))
  }

  /** @param name undefined: it stays as it is; empty: none */
  function rename(hash: string, name?: string): void {
    if (name !== undefined) {
      people = people.map((person) => (person.hash === hash ? { ...person, name: name || NAMELESS } : person))
      contacts = contacts.filter((contact) => contact.hash !== hash)
      if (name) contacts = [{ hash, name }, ...contacts]
    }
    show()
    rows.querySelector<HTMLElement>(`[data-person="${hash}"] [data-name]`)?.focus()
  }

  async function read(): Promise<void> {
    const [base = ''] = target.bases
    const [listed, known] = await Promise.all([
      lists ? readAll<Person>(`${base}/${target.people}`) : [],
      readAll<ContactJson>('/api/contacts'),
    ])
    if (stopped) return
    // Who was added meanwhile stands at the top already.
    const here = new Set(people.map(({ hash }) => hash))
    people = [...people, ...listed.filter(({ hash }) => !here.has(hash))]
    contacts = known
    isRead = lists
    show()
  }

  form.onsubmit = (event) => {
    event.preventDefault()
    void add()
  }
  email.oninput = showKnown
  chips.onclick = (event) => {
    const button = closest(event, '[data-known-hash]')
    const person = contacts.find(({ hash }) => hash === button?.dataset.knownHash)
    if (!button || !person) return
    void runForm(form, button, async () => {
      email.value = ''
      await share(person)
      ;(chips.querySelector<HTMLElement>('button') ?? email).focus()
    })
  }
  rows.onclick = (event) => {
    const button = closest(event, '[data-remove], [data-name]')
    const row = button?.closest<HTMLElement>('[data-person]')
    const person = people.find(({ hash }) => hash === row?.dataset.person)
    if (!button || !row || !person) return
    if (button.matches('[data-remove]')) void runForm(form, button, () => remove(row, person.hash))
    else startNaming(row, person, (name) => rename(person.hash, name))
  }
  rows.onchange = ({ target: select }) => {
    if (!(select instanceof HTMLSelectElement)) return
    const hash = select.closest<HTMLElement>('[data-person]')?.dataset.person
    const role = select.value as Role
    if (!hash) return
    void attempt(select, async () => {
      for (const path of pathsOf(hash)) await callApi('PUT', path, { role })
      people = people.map((person) => (person.hash === hash ? { ...person, role } : person))
      say(dialog, t().changed)
    })
  }
  form.reset()
  showError(form, '', { focus: false })
  rows.replaceChildren()
  chips.replaceChildren()
  known.hidden = true
  nobody.hidden = true
  read().catch((thrown) => {
    if (!stopped && !isSignedOut(thrown)) showError(form, explain(thrown), { focus: false })
  })
  return {
    stop: () => {
      stopped = true
    },
    read: () => (isRead ? people : null),
  }
}

function closest(event: Event, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null
}
