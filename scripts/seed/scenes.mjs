// What the pictures of the seed show. Each scene takes a canvas and its colours, the sky first and the nearest last, and
// gives the markup of an SVG. Nothing but shapes: text would look different on a machine with other fonts. What matters
// stands in the square in the middle, which is what an avatar shows.

/**
 * @typedef {object} Canvas
 * @property {number} w width in pixels
 * @property {number} h height in pixels
 * @property {number} u the short side in pixels: sizes of things are parts of it
 * @property {(low: number, high: number) => number} between the next number of the picture's own sequence
 */

const fill = (color, d, more = '') => `<path d="${d}" fill="${color}" ${more}/>`
const circle = (color, x, y, r, more = '') => `<circle cx="${x}" cy="${y}" r="${r}" fill="${color}" ${more}/>`
const box = (color, x, y, w, h, more = '') =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${color}" ${more}/>`
const repeat = (count, draw) => Array.from({ length: Math.ceil(count) }, (_, i) => draw(i)).join('')

/** The whole canvas in colours that run from top to bottom. */
function sky({ w, h }, ...colors) {
  const stops = colors.map((c, i) => `<stop offset="${i / (colors.length - 1)}" stop-color="${c}"/>`)
  return `<linearGradient id="sky" x2="0" y2="1">${stops.join('')}</linearGradient>${box('url(#sky)', 0, 0, w, h)}`
}

function stars({ w, h, u, between }, share = 0.7) {
  return repeat((w / u) * 70, () =>
    circle(
      '#fff',
      between(0, w),
      between(0, h * share),
      u * between(0.001, 0.004),
      `opacity="${between(0.4, 1)}"`,
    ),
  )
}

function glow(color, x, y, r) {
  return (
    circle(color, x, y, r * 2.4, 'opacity=".12"') +
    circle(color, x, y, r * 1.6, 'opacity=".22"') +
    circle(color, x, y, r)
  )
}

function cloud(x, y, r, opacity = 0.85) {
  const puffs = [
    [-1.5, 0.25, 0.75],
    [-0.5, -0.25, 1],
    [0.7, -0.05, 0.85],
    [1.6, 0.35, 0.6],
  ]
  const round = puffs.map(([dx, dy, size]) => circle('#fff', x + dx * r, y + dy * r, size * r)).join('')
  return `<g opacity="${opacity}">${round}${box('#fff', x - 1.6 * r, y + 0.2 * r, 3.3 * r, 0.78 * r, `rx="${0.4 * r}"`)}</g>`
}

/** A closed shape below a line of points. */
function ridge({ w, h }, color, heights) {
  const step = w / (heights.length - 1)
  return fill(color, `M0 ${h}${heights.map((y, i) => `L${i * step} ${y}`).join('')}L${w} ${h}Z`)
}

/** A closed shape below a smooth wave. */
function hill({ w, h, u, between }, color, y, swing) {
  const step = u * 0.7
  let d = `M0 ${h}L0 ${y}`
  for (let x = 0; x < w; x += step) {
    const to = y + between(-swing, swing)
    d += `S${x + step * 0.55} ${to} ${x + step} ${to}`
  }
  return fill(color, `${d}L${w + step} ${h}Z`)
}

function tree(color, x, y, size) {
  const tiers = repeat(3, (i) => {
    const half = size * (0.16 + i * 0.07)
    const top = y - size + i * size * 0.24
    return fill(color, `M${x} ${top}L${x + half} ${top + size * 0.42}H${x - half}Z`)
  })
  return box(color, x - size * 0.03, y - size * 0.2, size * 0.06, size * 0.22) + tiers
}

export function mountains(canvas, [top, bottom, sun, ...layers]) {
  const { w, h, u, between } = canvas
  const ranges = layers.map((color, i) => {
    const base = h * (0.5 + (i * 0.42) / layers.length)
    const peaks = Math.ceil(w / (u * 0.17)) + 1
    return ridge(
      canvas,
      color,
      Array.from({ length: peaks }, (_, p) => base - u * (p % 2 ? between(0.06, 0.2) : between(-0.07, 0.04))),
    )
  })
  return sky(canvas, top, bottom, bottom) + glow(sun, w * 0.5 + u * 0.2, h * 0.32, u * 0.09) + ranges.join('')
}

export function sea(canvas, [top, middle, low, sun, water, sail]) {
  const { w, h, u, between } = canvas
  const line = h * 0.6
  const shine = repeat(16, (i) => {
    const half = u * (0.17 - i * 0.004) * between(0.4, 1)
    const y = line + u * 0.02 + i * (h - line) * 0.06
    return box(
      sun,
      w / 2 + u * 0.02 - half,
      y,
      half * 2,
      u * 0.01,
      `rx="${u * 0.005}" opacity="${0.85 - i * 0.04}"`,
    )
  })
  const x = w / 2 - u * 0.27
  const y = line + u * 0.09
  const boat =
    fill(sail, `M${x} ${y - u * 0.3}V${y - u * 0.03}H${x - u * 0.13}Z`) +
    fill(
      sail,
      `M${x + u * 0.012} ${y - u * 0.26}L${x + u * 0.16} ${y - u * 0.03}H${x + u * 0.012}Z`,
      'opacity=".8"',
    ) +
    fill(
      '#2b2d42',
      `M${x - u * 0.16} ${y - u * 0.015}H${x + u * 0.19}L${x + u * 0.13} ${y + u * 0.05}H${x - u * 0.11}Z`,
    )
  return (
    sky(canvas, top, middle, low) +
    glow(sun, w / 2 + u * 0.02, line, u * 0.17) +
    box(water, 0, line, w, h - line) +
    shine +
    boat
  )
}

export function dunes(canvas, [top, bottom, sun, ...sands]) {
  const { w, h, u } = canvas
  const hills = sands.map((color, i) => hill(canvas, color, h * (0.55 + (i * 0.4) / sands.length), u * 0.09))
  return sky(canvas, top, bottom, bottom) + glow(sun, w / 2 - u * 0.22, h * 0.27, u * 0.08) + hills.join('')
}

export function forest(canvas, [top, bottom, moon, ...layers]) {
  const { w, h, u, between } = canvas
  const rows = layers.map((color, i) => {
    const y = h * (0.66 + (i * 0.4) / layers.length)
    const size = u * (0.24 + i * 0.09)
    const trees = repeat(w / (size * 0.36) + 2, (t) => {
      return tree(
        color,
        (t - 0.5 + between(-0.2, 0.2)) * size * 0.36,
        y + u * 0.03,
        size * between(0.75, 1.15),
      )
    })
    return trees + box(color, 0, y - size * 0.1, w, h)
  })
  return sky(canvas, top, bottom, bottom) + glow(moon, w / 2 - u * 0.18, h * 0.24, u * 0.08) + rows.join('')
}

export function city(canvas, [top, bottom, moon, far, near, lamp]) {
  const { w, h, u, between } = canvas
  const block = (color, size, isLit) => {
    let out = ''
    for (let x = -u * 0.02; x < w; ) {
      const width = u * between(0.09, 0.17)
      const height = u * between(0.6, 1.35) * size
      out += box(color, x, h - height, width + 1, height)
      for (let wy = h - height + u * 0.03; isLit && wy < h - u * 0.03; wy += u * 0.045) {
        for (let wx = x + u * 0.018; wx < x + width - u * 0.025; wx += u * 0.032) {
          if (between(0, 1) < 0.55)
            out += box(lamp, wx, wy, u * 0.016, u * 0.024, `opacity="${between(0.5, 1)}"`)
        }
      }
      x += width
    }
    return out
  }
  return (
    sky(canvas, top, bottom) +
    stars(canvas, 0.5) +
    glow(moon, w / 2 + u * 0.24, h * 0.2, u * 0.07) +
    block(far, 0.55, false) +
    block(near, 0.4, true)
  )
}

export function balloons(canvas, [top, bottom, ...colors]) {
  const { w, h, u, between } = canvas
  const one = (x, y, r, [first, second]) =>
    `<g transform="translate(${x} ${y}) scale(${r})"><path d="M-.95 .3A1 1 0 1 1 .95 .3C.8 .75 .3 1.2 .2 1.4H-.2C-.3 1.2-.8 .75-.95 .3Z" fill="${first}"/><path d="M0-1C-.75-.6-.7 .6-.2 1.4H.2C.7 .6 .75-.6 0-1Z" fill="${second}"/><path d="M0-1C-.25-.6-.25 .6-.07 1.4H.07C.25 .6 .25-.6 0-1Z" fill="${first}"/><path d="M-.18 1.4-.14 1.75M.18 1.4 .14 1.75" stroke="#5b4636" stroke-width=".04"/><path d="M-.2 1.72H.2L.16 2H-.16Z" fill="#7a5230"/></g>`
  const clouds = repeat((w / u) * 4, () => cloud(between(0, w), between(0, h), u * between(0.04, 0.08), 0.7))
  const spare = w > u * 1.2 ? [w / 2 - u * 0.62, h * 0.6] : [w / 2 - u * 0.3, h / 2 + u * 0.22]
  return (
    sky(canvas, top, bottom) +
    clouds +
    one(...spare, u * 0.085, [colors[2], colors[3]]) +
    one(w / 2 + u * 0.28, h / 2 - u * 0.3, u * 0.06, [colors[1], colors[3]]) +
    one(w / 2 - u * 0.03, h / 2 - u * 0.08, u * 0.21, [colors[0], colors[1]])
  )
}

export function planet(canvas, [top, bottom, body, band, ring, moon]) {
  const { w, h, u } = canvas
  const [x, y, r] = [w / 2, h / 2 - u * 0.03, u * 0.25]
  const bands = [-0.55, -0.15, 0.3, 0.65].map((at, i) =>
    box(band, x - r, y + at * r, r * 2, r * (i % 2 ? 0.22 : 0.12), 'opacity=".55"'),
  )
  const halfRing = (sweep) =>
    `<path d="M${x - r * 1.7} ${y}A${r * 1.7} ${r * 0.42} 0 0 ${sweep} ${x + r * 1.7} ${y}" fill="none" stroke="${ring}" stroke-width="${r * 0.14}"/>`
  return `${sky(canvas, top, bottom)}${stars(canvas, 1)}
    <clipPath id="ball"><circle cx="${x}" cy="${y}" r="${r}"/></clipPath>
    <g transform="rotate(-18 ${x} ${y})">${halfRing(1)}${circle(body, x, y, r)}
    <g clip-path="url(#ball)">${bands.join('')}${circle('#000', x + r * 0.55, y + r * 0.35, r * 1.25, 'opacity=".12"')}</g>${halfRing(0)}</g>
    ${circle(moon, x - u * 0.33, y - u * 0.3, u * 0.05)}${circle('#000', x - u * 0.315, y - u * 0.29, u * 0.012, 'opacity=".15"')}`
}

export function aurora(canvas, [top, bottom, ...lights]) {
  const { w, h, u, between } = canvas
  const curtains = lights.map((color, i) => {
    const [low, swing, start] = [h * (0.44 + i * 0.13), u * 0.07, between(0, 6)]
    const rays = repeat(w / (u * 0.012), (ray) => {
      const x = ray * u * 0.012
      const foot = low + swing * (Math.sin(start + (x / u) * 5) + 0.5 * Math.sin((x / u) * 11))
      const height = u * (0.34 + 0.06 * Math.sin(start + (x / u) * 23)) * between(0.9, 1.1)
      return box(`url(#light${i})`, x, foot - height, u * 0.0125, height)
    })
    return `<linearGradient id="light${i}" x2="0" y2="1"><stop stop-color="${color}" stop-opacity="0"/><stop offset=".85" stop-color="${color}" stop-opacity=".6"/><stop offset="1" stop-color="${color}" stop-opacity="0"/></linearGradient>${rays}`
  })
  const trees = repeat(w / (u * 0.06), (i) => tree('#07121c', i * u * 0.06, h * 0.9, u * between(0.1, 0.22)))
  return (
    sky(canvas, top, bottom) +
    stars(canvas) +
    curtains.join('') +
    trees +
    box('#07121c', 0, h * 0.885, w, h * 0.12)
  )
}

export function fields(canvas, [top, bottom, sun, far, near, crop]) {
  const { w, h, u, between } = canvas
  const line = h * 0.62
  const rows = repeat((w / u) * 14 + 8, (i) => {
    const x = w / 2 + (i - ((w / u) * 7 + 4)) * u * 0.28
    return fill(
      crop,
      `M${w / 2 + (x - w / 2) * 0.25} ${line}L${x - u * 0.05} ${h}H${x + u * 0.05}Z`,
      'opacity=".8"',
    )
  })
  const [x, y] = [w / 2 - u * 0.3, line - u * 0.015]
  const house =
    box('#fff7ec', x, y - u * 0.09, u * 0.14, u * 0.1) +
    fill(
      '#c0492f',
      `M${x - u * 0.02} ${y - u * 0.085}L${x + u * 0.07} ${y - u * 0.16}L${x + u * 0.16} ${y - u * 0.085}Z`,
    ) +
    box('#5b4636', x + u * 0.055, y - u * 0.05, u * 0.03, u * 0.06)
  const clouds = repeat((w / u) * 2 + 1, () =>
    cloud(between(0, w), h * between(0.1, 0.32), u * between(0.035, 0.06)),
  )
  return (
    sky(canvas, top, bottom) +
    glow(sun, w / 2 + u * 0.26, h * 0.2, u * 0.08) +
    clouds +
    hill(canvas, far, line - u * 0.06, u * 0.05) +
    box(near, 0, line, w, h - line) +
    rows +
    house +
    tree('#2f6b3c', x + u * 0.23, y + u * 0.02, u * 0.2)
  )
}

export function lighthouse(canvas, [top, bottom, sea, light, stripe, rock]) {
  const { w, h, u, between } = canvas
  const [x, y, tall] = [w / 2, h * 0.8, Math.min(h * 0.52, u * 1.5)]
  const [foot, head] = [u * 0.13, u * 0.08]
  const half = (at) => foot + (head - foot) * at
  const stripes = repeat(4, (i) => {
    const [a, b] = [i * 0.25, i * 0.25 + 0.125]
    return fill(
      stripe,
      `M${x - half(a)} ${y - tall * a}H${x + half(a)}L${x + half(b)} ${y - tall * b}H${x - half(b)}Z`,
    )
  })
  const lamp = y - tall - u * 0.06
  return (
    sky(canvas, top, bottom) +
    stars(canvas, 0.5) +
    fill(light, `M${x} ${lamp}L${w * 1.2} ${lamp - u * 0.3}V${lamp + u * 0.1}Z`, 'opacity=".3"') +
    fill(light, `M${x} ${lamp}L${-w * 0.2} ${lamp + u * 0.3}V${lamp - u * 0.1}Z`, 'opacity=".3"') +
    box(sea, 0, h * 0.78, w, h) +
    repeat((w / u) * 24, () =>
      box(
        '#fff',
        between(0, w),
        h * between(0.8, 1),
        u * between(0.04, 0.12),
        u * 0.007,
        `rx="${u * 0.004}" opacity=".3"`,
      ),
    ) +
    fill(
      rock,
      `M${x - u * 0.4} ${y + u * 0.1}L${x - u * 0.24} ${y - u * 0.02}H${x + u * 0.2}L${x + u * 0.42} ${y + u * 0.1}Z`,
    ) +
    fill('#fdf6ec', `M${x - foot} ${y}H${x + foot}L${x + head} ${y - tall}H${x - head}Z`) +
    stripes +
    box('#2b2d42', x - head * 1.25, y - tall - u * 0.012, head * 2.5, u * 0.024) +
    box(light, x - head * 0.7, y - tall - u * 0.11, head * 1.4, u * 0.1) +
    fill('#2b2d42', `M${x - head} ${y - tall - u * 0.105}H${x + head}L${x} ${y - tall - u * 0.2}Z`)
  )
}

export function waves(canvas, colors) {
  const { w, h, u } = canvas
  const rows = Math.ceil(h / (u * 0.09))
  return (
    box(colors[0], 0, 0, w, h) +
    repeat(rows, (row) =>
      repeat(w / (u * 0.2) + 1, (i) => {
        const x = (i + (row % 2) / 2) * u * 0.2
        const y = (row + 1) * u * 0.1
        return [0.1, 0.075, 0.05, 0.025]
          .map((r, c) => circle(colors[(row + c) % colors.length], x, y, u * r))
          .join('')
      }),
    )
  )
}

export function tiles(canvas, [ground, ...colors]) {
  const { w, h, u, between } = canvas
  const side = u / 4
  const pick = () => colors[Math.floor(between(0, colors.length))]
  let out = box(ground, 0, 0, w, h)
  for (let y = 0; y < h; y += side) {
    for (let x = 0; x < w; x += side) {
      const turn = `transform="translate(${x} ${y}) rotate(${Math.floor(between(0, 4)) * 90} ${side / 2} ${side / 2})"`
      const quarter = (r, color) => fill(color, `M0 0H${r}A${r} ${r} 0 0 1 0 ${r}Z`)
      const shape = Math.floor(between(0, 3))
      const drawn = [
        () => quarter(side, pick()) + quarter(side / 2, pick()),
        () => fill(pick(), `M0 0H${side}L0 ${side}Z`),
        () =>
          circle(pick(), side / 2, side / 2, side * 0.36) + circle(pick(), side / 2, side / 2, side * 0.16),
      ][shape]()
      out += `<g ${turn}>${box(pick(), 0, 0, side + 1, side + 1)}${drawn}</g>`
    }
  }
  return out
}

/** Places a drawing made for a field of 100 by 100 in the middle of the canvas. */
function inTheMiddle({ w, h, u }, markup) {
  return `<g transform="translate(${w / 2 - u / 2} ${h / 2 - u / 2}) scale(${u / 100})">${markup}</g>`
}

/** Somebody from the chest up. `hair` is `short`, `long`, `bun`, `curls` or `beard`. */
export function portrait(canvas, [top, bottom, skin, hairColor, shirt, disc], { hair, glasses }) {
  const behind = {
    long: fill(hairColor, 'M24 88C20 50 26 14 50 14S80 50 76 88Z'),
    bun: circle(hairColor, 50, 12, 9),
    curls: [
      [30, 30, 12],
      [38, 19, 12],
      [52, 15, 13],
      [65, 21, 12],
      [71, 33, 12],
      [28, 43, 10],
      [73, 46, 10],
    ]
      .map(([x, y, r]) => circle(hairColor, x, y, r))
      .join(''),
  }
  const fringe = fill(
    hairColor,
    'M29 43C27 25 37 16 51 16S73 26 71 43C67 38 64 32 62 28C54 34 41 35 34 33C31 36 30 39 29 43Z',
  )
  const beard = fill(
    hairColor,
    'M30 45C31 51 33 54 40 55H60C67 54 69 51 70 45C72 62 64 73 50 73S28 62 30 45Z',
  )
  const rims =
    '<g fill="none" stroke="#2b2d42" stroke-width="1.3"><circle cx="42" cy="44" r="6"/><circle cx="58" cy="44" r="6"/><path d="M48 43.5q2-1.5 4 0"/></g>'
  const face =
    box(skin, 43, 58, 14, 20, 'rx="6"') +
    fill('#000', 'M43 66Q50 73 57 66V69Q50 78 43 69Z', 'opacity=".12"') +
    fill(shirt, 'M14 101C15 82 28 76 41 74Q50 84 59 74C72 76 85 82 86 101V200H14Z') +
    circle(skin, 29.5, 46, 4) +
    circle(skin, 70.5, 46, 4) +
    `<ellipse cx="50" cy="45" rx="20.5" ry="25" fill="${skin}"/>` +
    (hair === 'beard' ? beard : '') +
    circle('#e85d5d', 37, 52, 3.6, 'opacity=".25"') +
    circle('#e85d5d', 63, 52, 3.6, 'opacity=".25"') +
    circle('#2b2d42', 42, 44, 2) +
    circle('#2b2d42', 58, 44, 2) +
    '<path d="M49.5 46.5q-2 5 1.5 5" fill="none" stroke="#000" stroke-opacity=".25" stroke-width="1.1" stroke-linecap="round"/>' +
    fill(hair === 'beard' ? '#fff' : '#8f2d3a', 'M43 57Q50 59 57 57Q55.500 63.500 50 63.500T43 57Z') +
    fringe +
    (glasses ? rims : '')
  return (
    sky(canvas, top, bottom) +
    inTheMiddle(canvas, circle(disc, 50, 48, 42, 'opacity=".5"') + (behind[hair] ?? '') + face)
  )
}

/** The face of an animal. `kind` is `fox`, `cat`, `bear` or `owl`. */
export function animal(canvas, [top, bottom, fur, light, dark], { kind }) {
  const eyes = (y, apart, r = 3) =>
    circle('#22222e', 50 - apart, y, r) +
    circle('#22222e', 50 + apart, y, r) +
    circle('#fff', 51 - apart, y - 1, r * 0.32) +
    circle('#fff', 51 + apart, y - 1, r * 0.32)
  const whiskers =
    '<path d="M30 62 14 59M30 66 15 69M70 62 86 59M70 66 85 69" stroke="#fff" stroke-opacity=".8" stroke-width="1" stroke-linecap="round"/>'
  const drawn = {
    fox: () =>
      fill(
        fur,
        'M20 14 44 34H56L80 14C85 32 82 50 80 54C76 70 60 80 50 88C40 80 24 70 20 54C18 50 15 32 20 14Z',
      ) +
      fill(dark, 'M23 21 37 34 25 40ZM77 21 63 34 75 40Z') +
      fill(
        light,
        'M20 54C30 50 42 54 46 68L50 74L54 68C58 54 70 50 80 54C76 70 60 80 50 88C40 80 24 70 20 54Z',
      ) +
      eyes(51, 13) +
      fill('#22222e', 'M44.500 77H55.500Q53 84 50 85Q47 84 44.500 77Z'),
    cat: () =>
      fill(fur, 'M22 16 40 30Q50 27 60 30L78 16Q82 34 79 46Q84 82 50 84Q16 82 21 46Q18 34 22 16Z') +
      fill(light, 'M26 23 36 32 26 39ZM74 23 64 32 74 39Z') +
      fill(dark, 'M47 28H53L51.500 40H48.500ZM39 30 44 29 45 38ZM61 30 56 29 55 38Z') +
      fill(light, 'M50 60C60 58 66 64 64 71Q60 80 50 80T36 71C34 64 40 58 50 60Z') +
      eyes(52, 14, 4.2) +
      fill('#d9647a', 'M46.500 62H53.500L50 66.500Z') +
      '<path d="M50 66.500V70M50 70Q46 75 42 71M50 70Q54 75 58 71" fill="none" stroke="#22222e" stroke-width="1.300" stroke-linecap="round"/>' +
      whiskers,
    bear: () =>
      circle(fur, 24, 27, 13) +
      circle(light, 24, 27, 7) +
      circle(fur, 76, 27, 13) +
      circle(light, 76, 27, 7) +
      `<ellipse cx="50" cy="52" rx="35" ry="33" fill="${fur}"/><ellipse cx="50" cy="65" rx="18" ry="15" fill="${light}"/>` +
      eyes(46, 15, 3.4) +
      `<ellipse cx="50" cy="58" rx="6" ry="4.200" fill="${dark}"/>` +
      `<path d="M50 62V68M50 68Q44 74 40 69M50 68Q56 74 60 69" fill="none" stroke="${dark}" stroke-width="1.600" stroke-linecap="round"/>`,
    owl: () =>
      fill(fur, 'M18 14Q32 22 50 22T82 14Q88 36 84 56Q80 90 50 90T16 56Q12 36 18 14Z') +
      fill(dark, 'M30 66Q34 61 38 66T46 66T54 66T62 66T70 66Q68 86 50 87T30 66Z', 'opacity=".35"') +
      circle(light, 34, 43, 15.5) +
      circle(light, 66, 43, 15.5) +
      circle('#f2b134', 34, 43, 9) +
      circle('#f2b134', 66, 43, 9) +
      eyes(43, 16, 5) +
      fill('#e8862e', 'M45 52H55L50 63Z'),
  }[kind]()
  return sky(canvas, top, bottom) + inTheMiddle(canvas, drawn)
}

/** A thing on no ground at all: the picture is transparent around it. */
export function cutOut(canvas, colors, { kind }) {
  const [first, second, third] = colors
  const petals = repeat(
    8,
    (i) =>
      `<ellipse cx="50" cy="24" rx="12" ry="20" fill="${i % 2 ? second : first}" transform="rotate(${i * 45} 50 50)"/>`,
  )
  const drawn = {
    flower: () => petals + circle(third, 50, 50, 15) + circle('#fff', 46, 46, 4, 'opacity=".5"'),
    leaf: () =>
      fill(first, 'M12 88C4 40 34 8 90 8C94 64 62 94 20 82Z') +
      fill(second, 'M20 82C62 94 94 64 90 8C66 26 40 50 20 82Z') +
      `<path d="M8 94 72 26M34 66V40M34 66H58M48 51V30M48 51H70" fill="none" stroke="${third}" stroke-width="2.500" stroke-linecap="round"/>`,
    fish: () =>
      fill(second, 'M70 50 96 28Q90 50 96 72Z') +
      fill(first, 'M6 52C18 24 54 22 78 50C54 80 18 78 6 52Z') +
      fill(second, 'M36 31Q52 12 60 36ZM40 70Q52 86 58 66Z') +
      fill(third, 'M42 33Q52 50 42 70Q50 70 54 66Q62 50 53 35ZM62 40Q67 51 61 63Q66 60 70 56Q73 50 69 45Z') +
      circle('#fff', 23, 46, 5.5) +
      circle('#22222e', 22, 46, 3),
    cup: () =>
      `<path d="M70 44h8a12 12 0 0 1 0 26h-10" fill="none" stroke="${second}" stroke-width="6"/>` +
      fill(first, 'M18 36H72V66Q72 86 50 86H40Q18 86 18 66Z') +
      `<ellipse cx="45" cy="36" rx="27" ry="6" fill="${third}"/>` +
      '<path d="M34 24q-6-6 0-12M46 24q-6-8 0-16M58 24q-6-6 0-12" fill="none" stroke="#9aa5b1" stroke-opacity=".7" stroke-width="3" stroke-linecap="round"/>' +
      `<ellipse cx="45" cy="90" rx="36" ry="5" fill="${second}"/>`,
    gem: () =>
      fill(first, 'M26 14H74L94 40 50 92 6 40Z') +
      fill(second, 'M26 14 34 40 50 14 66 40 74 14 94 40H6Z') +
      fill(third, 'M34 40H66L50 92Z') +
      fill('#fff', 'M26 14H50L34 40Z', 'opacity=".35"'),
  }[kind]()
  return inTheMiddle(canvas, drawn)
}
