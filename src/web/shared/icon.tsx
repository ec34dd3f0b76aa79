/** An icon beside text that says the same: hidden from screen readers. `svg` is the text of a file of lucide-static. */
export function Icon({ svg }: { svg: string }) {
  const drawing = svg
    .replace(/<!--.*?-->\s*/s, '')
    .replace('<svg', '<svg aria-hidden="true" focusable="false"')
  return <span class="icon" dangerouslySetInnerHTML={{ __html: drawing }} />
}
