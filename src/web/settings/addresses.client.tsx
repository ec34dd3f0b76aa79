import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { showEmail } from '../../lib/email'
import { callApi, isGone } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { ask } from '../shared/dialogs.client'
import { draw, redraw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { notify } from '../shared/toasts.client'
import { AddressRow } from './address-row'
import { choosePicture } from './picture-dialog.client'

const userId = document.body.dataset.user ?? ''

/** Makes the list of addresses work. `showAddress` shows one as it is now, or adds it. */
export function startAddresses(section: HTMLElement): { showAddress: (address: AddressJson) => HTMLElement } {
  const list = find(section, '[data-address-list]', HTMLElement)
  const activePhotoId = section.dataset.activePhoto ?? null

  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    const row = button?.closest<HTMLElement>('[data-address]')
    if (!button || !row) return
    if (button.matches('[data-switch]')) void switchLookup(button, row)
    else if (button.matches('[data-pick]')) void pick(row)
    else if (button.matches('[data-primary]')) void makePrimary(button, row)
    else void remove(row)
  })

  return { showAddress }

  function rows(): HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>(':scope > [data-address]')]
  }

  function showAddress(address: AddressJson): HTMLElement {
    const old = rows().find((row) => readRow(row).hash === address.hash)
    const node = <AddressRow userId={userId} address={address} />
    if (old) return redraw(old, node)
    const row = draw(node)
    list.append(row)
    return row
  }

  // It moves only when the server has done it: whoever goes unfound must not believe so too early.
  async function switchLookup(button: HTMLElement, row: HTMLElement): Promise<void> {
    await attempt(button, () =>
      unlessGone(row, async ({ hash, publicLookup }) => {
        const address = await change(hash, { publicLookup: !publicLookup })
        showAddress(address)
        const email = showEmail(address.email)
        notify(address.publicLookup ? t().addresses.leads(email) : t().addresses.leadsNoMore(email))
      }),
    )
  }

  async function pick(row: HTMLElement): Promise<void> {
    const address = await choosePicture({ userId, activePhotoId, address: readRow(row) })
    if (!address) return
    if (address === 'gone') return drop(row, t().addresses.gone)
    showAddress(address)
    notify(t().addresses.saved)
  }

  async function makePrimary(button: HTMLElement, row: HTMLElement): Promise<void> {
    await attempt(button, () =>
      unlessGone(row, async ({ hash }) => {
        const address = await change(hash, { primary: true })
        for (const other of rows().map(readRow)) {
          if (other.primary && other.hash !== hash) showAddress({ ...other, primary: false })
        }
        const fresh = showAddress(address)
        list.prepend(fresh)
        find(fresh, '[data-pick]', HTMLButtonElement).focus()
        const email = showEmail(address.email)
        showPrimaryEmail(email)
        notify(t().addresses.isPrimary(email))
      }),
    )
  }

  async function remove(row: HTMLElement): Promise<void> {
    const { hash, email } = readRow(row)
    const dialog = find(document, '[data-remove-dialog]', HTMLDialogElement)
    find(dialog, '[data-email]', HTMLElement).textContent = showEmail(email)
    const done = await ask(dialog, 'remove', async () => {
      await callApi('DELETE', `/api/addresses/${hash}`).catch((thrown) => {
        if (!isGone(thrown)) throw thrown // removed elsewhere: as wanted
      })
      return true
    })
    if (done) drop(row, t().addresses.removed)
  }

  function drop(row: HTMLElement, text: string): void {
    const next = row.nextElementSibling ?? row.previousElementSibling
    row.remove()
    ;(next?.querySelector<HTMLElement>('[data-pick]') ?? find(section, 'h2', HTMLElement)).focus()
    notify(text)
  }

  async function unlessGone(row: HTMLElement, work: (address: AddressJson) => Promise<void>): Promise<void> {
    try {
      await work(readRow(row))
    } catch (thrown) {
      if (!isGone(thrown)) throw thrown
      drop(row, t().addresses.gone)
    }
  }
}

function readRow(row: HTMLElement): AddressJson {
  return JSON.parse(row.dataset.address ?? '')
}

function change(hash: string, changes: object): Promise<AddressJson> {
  return callApi<AddressJson>('PATCH', `/api/addresses/${hash}`, changes)
}

/** Wherever the page says who is signed in. */
function showPrimaryEmail(email: string): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-primary-email]')) {
    place.textContent = email
    if (place.title) place.title = email
  }
}
