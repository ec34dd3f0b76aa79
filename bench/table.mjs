import { readFileSync, writeFileSync } from 'node:fs'

const HEAD = ['what', 'against', 'ratio', 'quartiles', 'goal', 'CPU ms', 'requests/s', '']

/** Rows as a Markdown table: what is measured first, what it is measured against second. */
export function formatTable(rows) {
  const lines = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column].length)))
  const format = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  const [head, ...others] = lines.map(format)
  return [head, format(widths.map((width) => '-'.repeat(width))), ...others].join('\n')
}

const [OPEN, CLOSE] = ['<!-- table -->', '<!-- /table -->']

/** Writes a text into a file, between the two lines that mark the place of a table. */
export function writeTable(file, text) {
  const before = readFileSync(file, 'utf8')
  const [start, end] = [before.indexOf(OPEN), before.indexOf(CLOSE)]
  if (start < 0 || end < start) throw new Error(`${file} lacks the lines ${OPEN} and ${CLOSE}`)
  writeFileSync(file, `${before.slice(0, start + OPEN.length)}\n\n${text}\n\n${before.slice(end)}`)
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
