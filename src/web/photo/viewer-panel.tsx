import messageIcon from 'lucide-static/icons/message-circle.svg'
import { formatDate } from '../../lang/formats'
import { t } from '../../lang/photo'
import type { SeenPhotoJson } from '../../photos/answers'
import { Icon } from '../shared/icon'
import { Face, startName } from '../shared/people'

/**
 * What whoever else may see a photo is told of it: whose it is, what they say of it, and since when.
 * @param view.sharedAt when it was shared with them directly; null for one that they see by an album
 */
export function ViewerPanel({ photo, sharedAt }: { photo: SeenPhotoJson; sharedAt: number | null }) {
  const { owner, altText, createdAt } = photo
  return (
    <section class="photo-section" aria-label={t().panel}>
      <p class="person">
        <Face hash={owner.hash} />
        <span class="grow">
          <strong dir="auto">{startName(owner)}</strong>
          <span class="hint small">
            {sharedAt === null ? t().showsYou : t().sharedOn(formatDate(sharedAt))}
          </span>
        </span>
        <a class="button small" href={`/inbox/${owner.hash}`} aria-label={t().messageTo(startName(owner))}>
          <Icon svg={messageIcon} />
          {t().message}
        </a>
      </p>
      {!altText && <p class="hint">{t().noDescription}</p>}
      <p class="hint small">{t().added(formatDate(createdAt))}</p>
    </section>
  )
}
