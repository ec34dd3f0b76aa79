/** Under which a tab remembers that a list of it is not as it was. */
const CHANGED = 'changed'

/** Says that what a list shows was changed on another page. */
export function markChanged(): void {
  sessionStorage.setItem(CHANGED, 'yes')
}

/** Whether what a list shows was changed on another page, until `watchReturns`. */
export function isChanged(): boolean {
  return sessionStorage.getItem(CHANGED) !== null
}

/** Loads a list anew that a browser shows as it was left, where something was changed meanwhile. */
export function watchReturns(): void {
  sessionStorage.removeItem(CHANGED)
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && sessionStorage.getItem(CHANGED)) location.reload()
  })
}
