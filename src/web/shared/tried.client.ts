// An address that was tried on the start page goes along to signing in, within this tab: nobody types it twice.

const KEY = 'tried'

/** Keeps what was typed, until the next page takes it. */
export function keepTried(email: string): void {
  try {
    sessionStorage.setItem(KEY, email)
  } catch {
    // A closed store: it is typed again.
  }
}

/** What was kept, once; empty for nothing. */
export function takeTried(): string {
  try {
    const email = sessionStorage.getItem(KEY) ?? ''
    sessionStorage.removeItem(KEY)
    return email
  } catch {
    return ''
  }
}
