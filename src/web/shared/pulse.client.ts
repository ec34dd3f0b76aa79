/**
 * Does something again and again, and only while the page is seen: one in a tab behind others has no timer.
 * @param pause milliseconds between two times
 * @returns what begins and ends it; it has not begun
 */
export function makePulse(work: () => void, pause: number): (isOn: boolean) => void {
  let isOn = false
  let timer: ReturnType<typeof setInterval> | undefined

  function settle(): void {
    if (isOn && !document.hidden) timer ??= setInterval(work, pause)
    else {
      clearInterval(timer)
      timer = undefined
    }
  }

  document.addEventListener('visibilitychange', settle)
  return (now) => {
    isOn = now
    settle()
  }
}
