/** What a tab does while it leads. */
interface Reign {
  /** Called when its turn has come; until the signal nobody else leads. */
  begin(signal: AbortSignal): Promise<void>
  end(): void
}

/**
 * One tab of a browser leads, the others wait for their turn; where there are no Web Locks, each leads.
 * @param name what is led
 */
export function takeTurns(name: string, { begin, end }: Reign) {
  let standing: AbortController | null = null

  /** Takes its turn once no other tab leads; with `steal`, at once, from one that is asleep. */
  async function stand({ steal = false } = {}): Promise<void> {
    if (standing && !steal) return
    standing?.abort()
    const reign = new AbortController()
    standing = reign
    let wasPassedOver = false
    const lead = () =>
      new Promise<void>((resolve) => {
        reign.signal.addEventListener('abort', () => resolve())
        void begin(reign.signal)
      })
    try {
      const options = steal ? { steal } : { signal: reign.signal }
      await (navigator.locks?.request(name, options, lead) ?? lead())
    } catch {
      wasPassedOver = !reign.signal.aborted
      reign.abort()
    }
    if (standing !== reign) return
    standing = null
    end()
    if (wasPassedOver) void stand()
  }

  return {
    stand: (how?: { steal: boolean }) => void stand(how),
    stop(): void {
      standing?.abort()
      standing = null
      end()
    },
  }
}
