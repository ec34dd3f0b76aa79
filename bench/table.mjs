const HEAD = ['what', 'against', 'ratio', 'quartiles', 'goal', 'CPU ms', 'requests/s', '']

/** Prints rows as a Markdown table: what is measured first, what it is measured against second. */
export function printTable(rows) {
  const lines = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column].length)))
  const print = (cells) => console.log(`| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`)
  print(lines[0])
  print(widths.map((width) => '-'.repeat(width)))
  lines.slice(1).forEach(print)
}

function cellsOf({ what, against, ratio, target, goal, met, cpu, throughput, note }) {
  const reached = met ?? (target === undefined ? undefined : ratio.median <= target)
  const wanted = goal ?? (target === undefined ? '' : `≤ ${target}×`)
  return [
    what,
    against,
    `${round(ratio.median)}×`,
    ratio.low === undefined ? '' : `${round(ratio.low)} to ${round(ratio.high)}`,
    reached === undefined ? wanted : `${wanted}: ${reached ? 'met' : 'missed'}`,
    cpu ? cpu.map(round).join(' : ') : '',
    throughput ? throughput.map((value) => value.toFixed(0)).join(' : ') : '',
    note ?? '',
  ]
}

const round = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
