import type { Page } from 'playwright-core'

/**
 * What cannot be seen whole: a page that scrolls sideways; an element that hangs out of the window; text that is wider
 * than what holds it, unless it says so by an ellipsis and holds the whole as its title; neighbours in the header that
 * lie over each other.
 */
export function findFaults(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const faults = []
    const name = (element) => element.outerHTML.slice(0, 120)
    const overhang = document.documentElement.scrollWidth - innerWidth
    if (overhang > 0) faults.push('scrolls sideways by ' + overhang)
    const seen = [...document.body.querySelectorAll('*')].filter((element) =>
      element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .skip, svg, option, [data-toasts], [data-beside], .crop-room'))
    for (const element of seen) {
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (box.width <= 1 || box.height <= 1) continue // for screen readers alone
      const scrolls = element.closest('pre, textarea')
      if (!scrolls && (box.right > innerWidth + 1 || box.left < -1)) faults.push('hangs out: ' + name(element))
      const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
      if (isText && !scrolls && element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline') {
        if (element.matches('.conversation-last')) continue // the beginning of a message
        const told = style.textOverflow === 'ellipsis' && element.title.includes(element.textContent.trim())
        if (!told) faults.push('is cut off: ' + name(element))
      }
      if (isText && style.webkitLineClamp === 'none' && style.overflow !== 'visible' && element.scrollHeight > element.clientHeight + 1 && !scrolls) faults.push('is cut off below: ' + name(element))
    }
    const header = [...document.querySelectorAll('.header .brand, .header nav > :not(details), .menu > summary')].map((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const seen = [...element.children].filter((child) => child.getBoundingClientRect().width > 1)
      if (seen.length) range.setStartBefore(seen[0]) || range.setEndAfter(seen.at(-1)) // a word may be for screen readers alone
      return range.getBoundingClientRect()
    })
    for (const [index, one] of header.entries()) for (const other of header.slice(index + 1)) {
      if (one.right > other.left + 1 && other.right > one.left + 1 && one.bottom > other.top + 1 && other.bottom > one.top + 1) faults.push('the header lies over itself')
    }
    return [...new Set(faults)].slice(0, 10)
  })()`)
}
