import type { AddressJson, MeJson } from '../../accounts/answers'
import type { Mailed } from '../shared/code-form'
import { AddAddress } from './add-address'
import { AddressRow } from './address-row'

interface AddressesView {
  user: MeJson
  addresses: AddressJson[]
  /** The code that this browser waits for to add one. */
  mailed: Mailed | null
  local: boolean
}

/** The person's addresses: what each shows, who finds it, and adding one. */
export function Addresses({ user, addresses, mailed, local }: AddressesView) {
  return (
    <section
      class="card"
      aria-labelledby="addresses-title"
      data-addresses
      data-active-photo={user.activePhotoId ?? undefined}
      data-local={local ? '' : undefined}
    >
      <h2 id="addresses-title" tabindex={-1}>
        Addresses
      </h2>
      <p class="hint">
        Each of your e&#8209;mail addresses shows your account’s picture, or a photo of its own. Nobody is
        told that they belong together. Whoever must not guess it either should see two different pictures.
      </p>
      <ul class="rows addresses" data-address-list>
        {addresses.map((address) => (
          <AddressRow userId={user.id} address={address} />
        ))}
      </ul>
      <p class="hint small" id="lookup-hint">
        As with Gravatar, sites ask by a hash, a number made from an address. It can be guessed: whoever tries
        likely addresses sees which one it belongs to. Switched off, both hashes of the address (SHA-256 and
        MD5) answer as for an unknown person; who holds the picture already may show it for five minutes more.
      </p>
      <AddAddress mailed={mailed} local={local} />
    </section>
  )
}

/** Chooses what an address shows; its photos come when it opens. */
export function PictureDialog() {
  return (
    <dialog class="wide" data-picture-dialog aria-labelledby="picture-title">
      <form method="dialog" novalidate>
        <h2 id="picture-title">
          Picture of <span class="email" data-email />
        </h2>
        <fieldset class="choices" aria-labelledby="picture-title" data-choices />
        <p data-more hidden>
          <button type="button" class="button small" data-more-photos>
            Show more photos
          </button>
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end sticky">
          <button type="submit" class="button" value="cancel" formnovalidate>
            Cancel
          </button>
          <button type="submit" class="button primary" value="save">
            Save
          </button>
        </div>
      </form>
    </dialog>
  )
}

/** Asks before an address is removed. */
export function RemoveDialog() {
  return (
    <dialog data-remove-dialog aria-labelledby="remove-title" aria-describedby="remove-text">
      <form method="dialog">
        <h2 id="remove-title">Remove this address?</h2>
        <p id="remove-text">
          From the next request, the URLs made from <strong class="email" data-email /> show nothing of you;
          others may hold the picture up to five minutes. Signing in with it would make a new account. Your
          photos stay.
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            Keep it
          </button>
          <button type="submit" class="button danger solid" value="remove">
            Remove
          </button>
        </div>
      </form>
    </dialog>
  )
}
