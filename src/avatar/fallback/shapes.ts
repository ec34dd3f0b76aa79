/** Closed outlines; each is x, y, x, y… in units of the 64-unit canvas. */
export type Path = number[][]

type Point = readonly [x: number, y: number]

/** An ellipse, or a disc where only one radius is given; `turn` in degrees, clockwise. */
export function ellipse(cx: number, cy: number, rx: number, ry = rx, turn = 0): Path {
  const outline = arc(cx, cy, rx, ry, 0, 360).slice(2)
  return turn ? rotate([outline], turn, cx, cy) : [outline]
}

/** Points along an ellipse's edge; degrees clockwise from three o'clock. A tenth of a pixel off the round at 512 px. */
export function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): number[] {
  const points: number[] = []
  addArc(points, cx, cy, rx, ry, from, to)
  return points
}

/** Each point is the one before, turned by the same angle: cheaper than a sine and a cosine for every point. */
function addArc(
  points: number[],
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  from: number,
  to: number,
): void {
  const turns = Math.abs(to - from) / 360
  const steps = Math.max(2, Math.ceil(20 * Math.sqrt(Math.max(rx, ry)) * turns))
  const step = ((to - from) * Math.PI) / 180 / steps
  const cos = Math.cos(step)
  const sin = Math.sin(step)
  let x = Math.cos((from * Math.PI) / 180)
  let y = Math.sin((from * Math.PI) / 180)
  for (let i = 0; i <= steps; i++) {
    points.push(cx + rx * x, cy + ry * y)
    const turned = x * cos - y * sin
    y = x * sin + y * cos
    x = turned
  }
}

/** A rectangle with round corners; `lower` is the radius of the two lower ones. */
export function box(x: number, y: number, width: number, height: number, radius = 0, lower = radius): Path {
  const right = x + width
  const bottom = y + height
  if (radius === 0 && lower === 0) return [[x, y, right, y, right, bottom, x, bottom]]
  const outline: number[] = []
  addArc(outline, x + radius, y + radius, radius, radius, 180, 270)
  addArc(outline, right - radius, y + radius, radius, radius, 270, 360)
  addArc(outline, right - lower, bottom - lower, lower, lower, 0, 90)
  addArc(outline, x + lower, bottom - lower, lower, lower, 90, 180)
  return [outline]
}

/** A polygon through the points x, y, x, y… */
export function polygon(...points: number[]): Path {
  return [points]
}

/** A smooth closed outline through the points (a Catmull-Rom spline). */
export function blob(...points: number[]): Path {
  const count = points.length / 2
  const at = (i: number): Point => {
    const from = ((i + count) % count) * 2
    return [points[from] as number, points[from + 1] as number]
  }
  const outline: number[] = []
  for (let i = 0; i < count; i++) curve(outline, at(i - 1), at(i), at(i + 1), at(i + 2))
  return [outline]
}

function curve(outline: number[], before: Point, from: Point, to: Point, after: Point): void {
  const steps = Math.ceil(2 + Math.hypot(to[0] - from[0], to[1] - from[1]) * 1.2)
  for (let i = 0; i < steps; i++) {
    const t = i / steps
    for (const axis of [0, 1] as const) {
      const [a, b, c, d] = [before[axis], from[axis], to[axis], after[axis]]
      outline.push(b + (t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))) / 2)
    }
  }
}

/** The sine of the turn from which a line's joint is a corner to be rounded (about 25°), not part of a bend. */
const CORNER = 0.42

/** A line of the given width through the points x, y, x, y…, with round ends and round corners. */
export function stroke(points: readonly number[], width: number): Path {
  const path: Path = []
  let start = 0
  for (let i = 2; i + 1 < points.length; i += 2) {
    const last = i + 3 >= points.length
    if (!last) {
      const [x, y] = direction(points, i - 2)
      const [nextX, nextY] = direction(points, i)
      const bend = x * nextX + y * nextY > 0 && Math.abs(x * nextY - y * nextX) < CORNER
      if (bend) continue
    }
    path.push(ribbon(points.slice(start, i + 2), width / 2))
    start = i
  }
  return path
}

/** The unit vector from the point at an index to the next one. */
function direction(points: readonly number[], i: number): Point {
  const x = (points[i + 2] as number) - (points[i] as number)
  const y = (points[i + 3] as number) - (points[i + 1] as number)
  const length = Math.hypot(x, y) || 1
  return [x / length, y / length]
}

/** The outline of a line without corners: down one side, round the end, and back up the other. */
function ribbon(points: readonly number[], half: number): number[] {
  const count = points.length / 2
  const right: number[] = []
  const left: Point[] = []
  for (let i = 0; i < count; i++) {
    const before = direction(points, Math.max(0, i - 1) * 2)
    const after = direction(points, Math.min(count - 2, i) * 2)
    const [x, y] = [before[0] + after[0], before[1] + after[1]]
    const reach = (2 * half) / (x * x + y * y)
    const [px, py] = [points[i * 2] as number, points[i * 2 + 1] as number]
    right.push(px + y * reach, py - x * reach)
    left.unshift([px - y * reach, py + x * reach])
  }
  const cap = (i: number, [x, y]: Point) => {
    const angle = (Math.atan2(y, x) * 180) / Math.PI
    return arc(points[i] as number, points[i + 1] as number, half, half, angle - 90, angle + 90)
  }
  const [startX, startY] = direction(points, 0)
  const end = cap(points.length - 2, direction(points, points.length - 4))
  return [...right, ...end, ...left.flat(), ...cap(0, [-startX, -startY])]
}

/** The path turned by degrees, clockwise, about a point. */
export function rotate(path: Path, degrees: number, cx: number, cy: number): Path {
  const sin = Math.sin((degrees * Math.PI) / 180)
  const cos = Math.cos((degrees * Math.PI) / 180)
  return path.map((outline) => {
    const turned: number[] = []
    for (let i = 0; i < outline.length; i += 2) {
      const x = (outline[i] as number) - cx
      const y = (outline[i + 1] as number) - cy
      turned.push(cx + x * cos - y * sin, cy + x * sin + y * cos)
    }
    return turned
  })
}

/** The path as seen in a mirror that stands upright in the middle of the canvas, wound the same way round. */
export function mirror(path: Path): Path {
  return path.map((outline) => {
    const flipped: number[] = []
    for (let i = outline.length - 2; i >= 0; i -= 2) {
      flipped.push(64 - (outline[i] as number), outline[i + 1] as number)
    }
    return flipped
  })
}

/** A shape and its mirror image, such as two ears. */
export function pair(path: Path): Path {
  return [...path, ...mirror(path)]
}

/** A shape and a copy of it to the right, such as two eyes that look the same way. */
export function twice(path: Path, distance: number): Path {
  return [...path, ...move(path, distance, 0)]
}

/** The path moved to the right and down. */
export function move(path: Path, right: number, down: number): Path {
  return path.map((outline) => {
    const moved: number[] = []
    for (let i = 0; i < outline.length; i += 2) {
      moved.push((outline[i] as number) + right, (outline[i + 1] as number) + down)
    }
    return moved
  })
}
