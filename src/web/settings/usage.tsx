import { t } from '../../lang/settings'
import type { Holdings } from './export'

/** How much of what an account may hold is used, in bytes and in photos. */
export function Usage({ used, most }: { used: Holdings; most: Holdings }) {
  return (
    <section class="card usage" aria-labelledby="usage-title">
      <h2 id="usage-title">{t().usage.title}</h2>
      <Meter id="usage-bytes" used={used.bytes} most={most.bytes}>
        {t().usage.bytes(used.bytes, most.bytes)}
      </Meter>
      <Meter id="usage-photos" used={used.photos} most={most.photos}>
        {t().usage.photos(used.photos, most.photos)}
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
