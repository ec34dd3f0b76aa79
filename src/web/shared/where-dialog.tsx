import type { Child } from 'hono/jsx'
import type { AddressJson } from '../../accounts/answers'
import { t as shared } from '../../lang/shared'
import { t } from '../../lang/where'
import { Email } from './email'

/** Asks where a photo is to show, of a person with more than one address. */
export function WhereDialog() {
  return (
    <dialog data-where-dialog aria-labelledby="where-title">
      <form method="dialog">
        <div class="where-head">
          <img class="where-picture" width="64" height="64" alt="" data-preview />
          <h2 id="where-title">{t().title}</h2>
        </div>
        <fieldset class="rows" aria-labelledby="where-title" data-places />
        <p class="message error" role="alert" data-error />
        <div class="actions end sticky">
          <button type="submit" class="button" value="cancel">
            {shared().cancel}
          </button>
          <button type="submit" class="button primary" value="show">
            {t().makeActive}
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
        {t().everywhere}
      </Place>
      {addresses.map((address) => (
        <Place value={address.hash} hint={describePlace(address, photoId)}>
          {t().forAlone(<Email email={address.email} />)}
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
  if (following === addresses.length) return t().atAll
  if (following === 0) return `${t().atPrivate} ${t().allKeep}`
  return `${t().atSome(following)} ${t().othersKeep}`
}

function describePlace({ follows, photoId }: AddressJson, wanted: string): string {
  if (follows) return t().follows
  if (photoId === wanted) return t().already
  return photoId ? t().another : t().none
}
