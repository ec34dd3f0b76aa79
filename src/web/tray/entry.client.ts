import { notify } from '../shared/toasts.client'
import { takeFiles } from '../shared/uploads/intake.client'
import type { Target } from '../shared/uploads/rows.client'
import { forgetAll, listRows } from '../shared/uploads/store.client'

// On every page of whoever is signed in: takes files, and looks whether any are on their way from another page. Small;
// the list and what sends are loaded once there is something in the tray.

type Add = (files: File[], album: Target | null) => void

/** The other bundle: src/web/uploader/entry.client.ts. */
interface Uploader {
  openUploads(tray: HTMLElement, user: string): Add
}

/** Milliseconds until what sends is asked for again where it did not come. */
const PATIENCE = 5000

const user = document.body.dataset.user
const tray = document.querySelector<HTMLElement>('[data-tray]')
if (user && tray) start(user, tray)

function start(user: string, tray: HTMLElement): void {
  const given: Parameters<Add>[] = []
  let loading: Promise<Uploader> | null = null
  let tries = 0
  let add: Add | null = null

  function load(): Promise<Uploader> {
    // By another name each time: some browsers remember that a module did not come.
    loading ??= import(`${tray.dataset.uploader}${tries ? `#${tries}` : ''}`).catch((failed) => {
      loading = null
      tries++
      throw failed
    }) as Promise<Uploader>
    return loading
  }

  /** Where files are about to come. */
  const prepare = () => void load().catch(() => undefined)

  async function open(): Promise<void> {
    for (let isTold = false; ; isTold = true) {
      const uploader = await load().catch(() => null)
      if (uploader) {
        add ??= uploader.openUploads(tray, user)
        channel.close()
        for (const files of given.splice(0)) add(...files)
        return
      }
      if (given.length && !isTold) notify(tray.dataset.offline ?? '')
      await pause()
    }
  }

  async function look(): Promise<void> {
    const rows = await listRows(user, Date.now()).catch(() => [])
    if (rows.length) await open()
  }

  // What another tab has may be kept nowhere.
  const channel = new BroadcastChannel('uploads')
  channel.addEventListener('message', ({ data }) => {
    if (data.user === user && data.rows?.length && !add) void open()
  })
  takeFiles((files, album) => {
    if (!files.length) return
    if (add) return add(files, album)
    given.push([files, album])
    void open()
  })
  addEventListener('beforeunload', (event) => given.length && event.preventDefault())
  addEventListener('pageshow', ({ persisted }) => persisted && !add && void look())
  // Browsers that do not know the header Clear-Site-Data keep it all.
  // On the document, which comes last: what is still to be deleted may keep somebody here.
  document.addEventListener('submit', ({ target, defaultPrevented }) => {
    if (defaultPrevented || !(target as Element).matches('form[action="/sign-out"]')) return
    void forgetAll()
    for (const store of [sessionStorage, localStorage]) store.clear()
  })
  const area = document.querySelector('[data-uploads]')
  for (const type of ['pointerenter', 'focusin']) area?.addEventListener(type, prepare, { once: true })
  document.addEventListener('dragenter', prepare, { once: true })
  void look()
  // It does nothing but take what other apps share: this is the one address that it sees.
  void navigator.serviceWorker?.register('/sw.js', { scope: '/photos/share' }).catch(() => undefined)
  sayMissed(tray.dataset.missed ?? '')
}

/** Until the connection is back, as far as the browser knows of it. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true })
    if (navigator.onLine) setTimeout(resolve, PATIENCE)
  })
}

/** Where an app shared something and nothing here was ready to take it. */
function sayMissed(text: string): void {
  const url = new URL(location.href)
  if (url.searchParams.get('share') !== 'missed') return
  url.searchParams.delete('share')
  history.replaceState(history.state, '', url)
  notify(text, { error: true })
}
