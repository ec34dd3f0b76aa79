/** A place that is held: for as long as it is renewed, or until it is free. */
export interface Place {
  renew(now: number): void
  free(): void
}

interface Limits {
  /** Places in all, and of each who takes them. */
  most: number
  mostEach: number
  /** Milliseconds that a place is held unless it is renewed: what a request leaves behind when its client goes never runs. */
  life: number
}

/** Whom a place was refused for: they have as many as one may have, or all are taken. */
export type Full = 'theirs' | 'all'

/**
 * Places of this isolate for what takes its memory for long.
 * @returns takes a place; times in milliseconds since 1970
 */
export function makePlaces({ most, mostEach, life }: Limits) {
  const held = new Map<symbol, { who: string; until: number }>()
  return (who: string, now: number): Place | Full => {
    for (const [key, { until }] of held) if (until < now) held.delete(key)
    const theirs = [...held.values()].filter((each) => each.who === who).length
    if (theirs >= mostEach) return 'theirs'
    if (held.size >= most) return 'all'
    const key = Symbol()
    const renew = (at: number) => void held.set(key, { who, until: at + life })
    renew(now)
    return { renew, free: () => void held.delete(key) }
  }
}
