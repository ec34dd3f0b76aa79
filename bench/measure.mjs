/**
 * Runs series against each other in rounds: every series once a round, the order turned round every time, so that
 * a slow moment of the machine or an advantage of the place falls on all alike. The first round warms up and is dropped.
 * @param series name → function of the round that returns `{ cpu, wall }` in milliseconds per request
 * @returns name → its measurements, in order of rounds
 */
export async function alternate(series, rounds) {
  const measured = Object.fromEntries(Object.keys(series).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    const names = Object.keys(series)
    for (const name of round % 2 ? names.reverse() : names) {
      const one = await series[name](round)
      if (round > 0) measured[name].push(one)
    }
  }
  return measured
}

/** Median and quartiles (linear between neighbours). */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part) => {
    const place = part * (sorted.length - 1)
    const low = sorted[Math.floor(place)]
    return low + (sorted[Math.ceil(place)] - low) * (place % 1)
  }
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}

export const median = (values) => spread(values).median

/** The ratio of CPU times, pair by pair of the same round. */
export function pairedRatio(ours, theirs) {
  return spread(ours.map(({ cpu }, round) => cpu / theirs[round].cpu))
}

/** What CPU time ours takes beyond theirs, pair by pair of the same round, in milliseconds. */
export function pairedDifference(ours, theirs) {
  return spread(ours.map(({ cpu }, round) => cpu - theirs[round].cpu))
}

/** A row that compares two series. */
export function compare(ours, theirs, row) {
  return {
    ...row,
    ratio: pairedRatio(ours, theirs),
    cpu: [median(ours.map(({ cpu }) => cpu)), median(theirs.map(({ cpu }) => cpu))],
    throughput: [median(ours.map(({ wall }) => 1000 / wall)), median(theirs.map(({ wall }) => 1000 / wall))],
  }
}
