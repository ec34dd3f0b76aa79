import type { AddressJson, MeJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { t as shared } from '../../lang/shared'
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
        {t().addresses.title}
      </h2>
      <p class="hint">{t().addresses.intro}</p>
      <ul class="rows addresses" data-address-list>
        {addresses.map((address) => (
          <AddressRow userId={user.id} address={address} />
        ))}
      </ul>
      <p class="hint small" id="lookup-hint">
        {t().addresses.lookup}
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
          {t().picture.title}
          <span class="email" data-email />
        </h2>
        <fieldset class="choices" aria-labelledby="picture-title" data-choices />
        <p data-more hidden>
          <button type="button" class="button small" data-more-photos>
            {shared().morePhotos}
          </button>
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end sticky">
          <button type="submit" class="button" value="cancel" formnovalidate>
            {shared().cancel}
          </button>
          <button type="submit" class="button primary" value="save">
            {shared().save}
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
        <h2 id="remove-title">{t().removing.title}</h2>
        <p id="remove-text">
          {t().removing.before}
          <strong class="email" data-email />
          {t().removing.after}
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            {t().removing.keep}
          </button>
          <button type="submit" class="button danger solid" value="remove">
            {t().addresses.remove}
          </button>
        </div>
      </form>
    </dialog>
  )
}
