import type { Child } from 'hono/jsx'
import type { AddressJson } from '../../accounts/answers'
import { Email } from './email'

/** Asks where a photo is to show, of a person with more than one address. */
export function WhereDialog() {
  return (
    <dialog data-where-dialog aria-labelledby="where-title">
      <form method="dialog">
        <div class="where-head">
          <img class="where-picture" width="64" height="64" alt="" data-preview />
          <h2 id="where-title">Where should this photo show?</h2>
        </div>
        <fieldset class="rows" aria-labelledby="where-title" data-places />
        <p class="message error" role="alert" data-error />
        <div class="actions end sticky">
          <button type="submit" class="button" value="cancel">
            Cancel
          </button>
          <button type="submit" class="button primary" value="show">
            Make active
          </button>
        </div>
      </form>
    </dialog>
  )
}

/** The places that a photo can show at: everywhere, or for one address alone. Drawn by browser code. */
export function Places({ photoId, addresses }: { photoId: string; addresses: AddressJson[] }) {
  return (
    <div>
      <Place value="everywhere" hint={describeEverywhere(addresses)} checked>
        Everywhere
      </Place>
      {addresses.map((address) => (
        <Place value={address.hash} hint={describePlace(address, photoId)}>
          For <Email email={address.email} /> alone
        </Place>
      ))}
    </div>
  )
}

interface PlaceView {
  value: string
  hint: string
  checked?: boolean
  children?: Child
}

function Place({ value, hint, checked = false, children }: PlaceView) {
  return (
    <label class="place">
      <input type="radio" name="place" value={value} checked={checked} />
      <span class="grow">
        <strong>{children}</strong>
        <span class="hint small">{hint}</span>
      </span>
    </label>
  )
}

function describeEverywhere(addresses: AddressJson[]): string {
  const following = addresses.filter(({ follows }) => follows).length
  if (following === addresses.length) return 'At your private URL and for all your addresses.'
  const which = following === 0 ? 'Your' : 'Your other'
  const rest = `${which} addresses keep the picture that you chose for them.`
  if (following === 0) return `At your private URL. ${rest}`
  return `At your private URL and for ${following} of your addresses. ${rest}`
}

function describePlace({ follows, photoId }: AddressJson, wanted: string): string {
  if (follows) return 'Follows your account’s picture now.'
  if (photoId === wanted) return 'Shows this photo already.'
  return photoId ? 'Shows another photo now.' : 'Shows no photo now.'
}
