/** A colour as 0xRRGGBB. */
export type Color = number

/**
 * A colour by perceived lightness (0..1), chroma (0..0.4) and hue (degrees), so that equal numbers look
 * equally light in every hue. Too much chroma for the screen is reduced until it fits.
 * https://bottosson.github.io/posts/oklab/
 */
export function oklch(lightness: number, chroma: number, hue: number): Color {
  const angle = (hue * Math.PI) / 180
  for (let reach = chroma; ; reach *= 0.9) {
    const rgb = linearOf(lightness, reach * Math.cos(angle), reach * Math.sin(angle))
    if (reach < 0.01 || rgb.every((part) => part > -0.002 && part < 1.002)) return pack(rgb)
  }
}

function linearOf(lightness: number, a: number, b: number): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function pack(rgb: [number, number, number]): Color {
  return rgb.reduce((color, part) => {
    const light = Math.min(1, Math.max(0, part))
    const byte = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055
    return color * 256 + Math.round(byte * 255)
  }, 0)
}

/** The colour `share` (0..1) of the way from one to the other. */
export function mix(from: Color, to: Color, share: number): Color {
  let mixed = 0
  for (let shift = 16; shift >= 0; shift -= 8) {
    const start = (from >> shift) & 255
    const end = (to >> shift) & 255
    mixed = mixed * 256 + Math.round(start + (end - start) * share)
  }
  return mixed
}

/** Contrast of two colours, 1..21, by WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: Color, other: Color): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: Color): number {
  const linear = (byte: number) => {
    const part = byte / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  return (
    0.2126 * linear((color >> 16) & 255) + 0.7152 * linear((color >> 8) & 255) + 0.0722 * linear(color & 255)
  )
}
