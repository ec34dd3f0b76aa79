/** Where a tab keeps the address that was typed last. It ends with the tab, and signing out empties it. */
const KEPT = 'typed'

const user = document.body.dataset.user

/** Keeps an address for the thread that it leads to: it is told to nobody but whom the sender has it told to. */
export function keepTyped({ hash, email }: { hash: string; email: string }): void {
  sessionStorage.setItem(KEPT, [user, hash, email].join(' '))
}

/** The address behind a hash, where it was typed in this tab by this person; null for none. */
export function readTyped(hash: string): string | null {
  const [whose, of, email] = sessionStorage.getItem(KEPT)?.split(' ') ?? []
  return whose === user && of === hash && email ? email : null
}

export function forgetTyped(): void {
  sessionStorage.removeItem(KEPT)
}
