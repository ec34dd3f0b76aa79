import userIcon from 'lucide-static/icons/user-round.svg'
import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { showEmail } from '../../lib/email'
import { Email } from '../shared/email'
import { Icon } from '../shared/icon'
import { rawPath } from '../shared/urls'
import { describeLookup } from '../shared/words'

/** One address of the list, drawn by the page and by its browser code, which reads `data-address`. */
export function AddressRow({ userId, address }: { userId: string; address: AddressJson }) {
  const { hash, primary, publicLookup, photoId } = address
  const email = showEmail(address.email)
  const id = hash.slice(0, 16)
  return (
    <li class="address" data-address={JSON.stringify(address)}>
      <PictureThumb userId={userId} photoId={photoId} />
      <div class="address-head">
        <strong data-email>
          <Email email={address.email} />
        </strong>
        <p class="hint small">
          {primary && <span class="badge">{t().addresses.primary}</span>} {describePicture(address)}
        </p>
      </div>
      <div class="address-lookup">
        <div class="switch-row">
          <label for={`lookup-${id}`}>{t().addresses.finds}</label>
          <button
            id={`lookup-${id}`}
            type="button"
            class="switch"
            role="switch"
            aria-checked={publicLookup ? 'true' : 'false'}
            aria-label={t().addresses.findsOf(email)}
            aria-describedby={`lookup-${id}-state lookup-hint`}
            data-switch
          />
        </div>
        <p class="hint small" id={`lookup-${id}-state`} data-state>
          {describeLookup(publicLookup)}
        </p>
      </div>
      <div class="actions address-actions">
        <button type="button" class="button small" data-pick aria-label={t().addresses.chooseOf(email)}>
          {t().addresses.choose}
        </button>
        {!primary && (
          <button
            type="button"
            class="button small"
            data-primary
            aria-label={t().addresses.makePrimaryOf(email)}
          >
            {t().addresses.makePrimary}
          </button>
        )}
        {!primary && (
          <button
            type="button"
            class="button small danger"
            data-remove
            aria-label={t().addresses.removeOf(email)}
          >
            {t().addresses.remove}
          </button>
        )}
      </div>
    </li>
  )
}

/** What an address shows, as a small square; a figure where it is no photo. */
export function PictureThumb({ userId, photoId }: { userId: string; photoId: string | null }) {
  if (!photoId) {
    return (
      <span class="thumb none">
        <Icon svg={userIcon} />
      </span>
    )
  }
  return <img class="thumb" src={rawPath(userId, photoId, 160)} width="72" height="72" alt="" />
}

function describePicture({ follows, photoId }: AddressJson): string {
  const { addresses } = t()
  if (follows) return photoId ? addresses.showsAccount : addresses.followsNone
  return photoId ? addresses.showsOwn : addresses.showsNone
}
