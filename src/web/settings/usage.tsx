import { t } from '../../lang/settings'
import type { UsageJson } from '../../photos/answers'

/** How much of what an account may hold is used, in bytes and in photos: what `GET /api/usage` says, uploads under way too. */
export function Usage({ usage }: { usage: UsageJson }) {
  const { photos, bytes, maxPhotos, maxBytes } = usage
  return (
    <section class="card usage" aria-labelledby="usage-title">
      <h2 id="usage-title">{t().usage.title}</h2>
      <Meter id="usage-bytes" used={bytes} most={maxBytes}>
        {t().usage.bytes(bytes, maxBytes)}
      </Meter>
      <Meter id="usage-photos" used={photos} most={maxPhotos}>
        {t().usage.photos(photos, maxPhotos)}
      </Meter>
      <p class="hint small">{t().usage.hint}</p>
    </section>
  )
}

/** From four fifths on it says by its colour that room runs out. */
function Meter({ id, used, most, children }: { id: string; used: number; most: number; children: string }) {
  return (
    <div class="meter">
      <p id={id}>{children}</p>
      <meter aria-labelledby={id} min={0} low={0} high={most * 0.8} optimum={0} max={most} value={used} />
    </div>
  )
}
