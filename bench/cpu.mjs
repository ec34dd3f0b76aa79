import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second in /proc (USER_HZ): 100 on every Linux that Node runs on. */
const TICKS = 100

/** CPU time that processes have used so far, in milliseconds: all their threads, in user and kernel mode. */
export function cpuTime(pids) {
  return pids.reduce((sum, pid) => {
    const { userTicks, systemTicks } = readStat(pid)
    return sum + ((userTicks + systemTicks) * 1000) / TICKS
  }, 0)
}

/** The workerd process that a process has started. */
export function workerdOf(parent) {
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readStat(name)
      if (stat.parent === parent && stat.command === 'workerd') return Number(name)
    } catch {
      // It ended while we were looking.
    }
  }
  throw new Error('workerd did not start')
}

/** proc(5): the command is in brackets and may hold anything, so the fields are counted from behind it. */
function readStat(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const end = stat.lastIndexOf(')')
  const fields = stat.slice(end + 2).split(' ')
  return {
    command: stat.slice(stat.indexOf('(') + 1, end),
    parent: Number(fields[1]),
    userTicks: Number(fields[11]),
    systemTicks: Number(fields[12]),
  }
}
