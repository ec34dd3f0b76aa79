import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import sharp from 'sharp'

/** A plain picture: easy to recognise by its colour after any transform. */
function plain(width: number, height: number, colour: string) {
  return sharp({ create: { width, height, channels: 3, background: colour } })
}

/** A picture with something on it, so that it does not compress to nothing. */
function noisy(width: number, height: number) {
  return sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
}

/** 120 × 80 with a different colour everywhere, the same in every run. */
function scene() {
  const pixels = Uint8Array.from({ length: 120 * 80 * 3 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % 120, Math.floor(at / 360)]
    return [2 * x, 3 * y, (x * y) >> 3][at % 3] as number
  })
  return sharp(pixels, { raw: { width: 120, height: 80, channels: 3 } })
}

/** Black and white lines of three pixels each, across: gone where a picture was made smaller than it is shown. */
function lined(width: number, height: number) {
  const rows = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++) rows.fill(Math.floor(y / 3) % 2 ? 255 : 0, y * width, (y + 1) * width)
  return sharp(rows, { raw: { width, height, channels: 1 } })
}

/** Left half red, right half blue, upper left corner green: tells every orientation apart. */
async function compass(width: number, height: number): Promise<Buffer> {
  const block = (w: number, h: number, background: string) =>
    sharp({ create: { width: w, height: h, channels: 3, background } })
      .png()
      .toBuffer()
  return plain(width, height, '#0000ff')
    .composite([
      { input: await block(width / 2, height, '#ff0000'), left: 0, top: 0 },
      { input: await block(width / 2, height / 2, '#00ff00'), left: 0, top: 0 },
    ])
    .png()
    .toBuffer()
}

/** Uploads of every kind that the tests need, made anew for each run, as base64: they travel as one binding. */
export async function makeFixtures(): Promise<Record<string, string>> {
  const upright = await compass(80, 48)
  const files: Record<string, Buffer> = {
    'red.jpg': await plain(400, 300, '#d02020').jpeg({ quality: 90 }).toBuffer(),
    'blue.jpg': await plain(300, 400, '#2030d0').jpeg({ quality: 90 }).toBuffer(),
    'green.png': await plain(320, 320, '#20a040').png().toBuffer(),
    'small.png': await plain(50, 40, '#20a040').png().toBuffer(),
    'yellow.webp': await plain(200, 200, '#e0c020').webp().toBuffer(),
    'violet.gif': await plain(120, 120, '#8040c0').gif().toBuffer(),
    'noise.jpg': await noisy(300, 300).jpeg({ quality: 90 }).toBuffer(),
    'large.jpg': await noisy(1000, 800).jpeg({ quality: 90 }).toBuffer(),
    'wide.jpg': await plain(3000, 1000, '#d08020').jpeg().toBuffer(),
    'panorama.png': await lined(8000, 1000).png().toBuffer(),
    'glass.png': await sharp({
      create: { width: 200, height: 200, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    })
      .composite([{ input: await plain(100, 200, '#ff0000').png().toBuffer(), left: 0, top: 0 }])
      .png()
      .toBuffer(),
    'located.jpg': await plain(200, 150, '#d02020')
      .withExif({
        IFD0: { Copyright: 'Somebody', Make: 'Camera' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '48/1 12/1 30/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '16/1 22/1 0/1',
        },
      })
      .jpeg()
      .toBuffer(),
    // As a phone stores it: lying, to be shown upright, and saying where.
    'phone.jpg': await sharp(await compass(1200, 900))
      .withExif({
        IFD0: { Copyright: 'Somebody', Orientation: '6' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 30/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 90 })
      .toBuffer(),
    'pane.png': await plain(800, 700, '#d02020').ensureAlpha(0.5).png().toBuffer(),
    'animated.gif': await sharp(
      [await plain(64, 64, '#ff0000').png().toBuffer(), await plain(64, 64, '#0000ff').png().toBuffer()],
      { join: { animated: true } },
    )
      .gif({ delay: [100, 100] })
      .toBuffer(),
  }
  const turned = { orientation: 6 }
  Object.assign(files, {
    'scene.jpg': await scene().jpeg().toBuffer(),
    'progressive.jpg': await scene().jpeg({ progressive: true }).toBuffer(),
    'grey.jpg': await plain(120, 80, '#808080').jpeg().toBuffer(),
    'scene.png': await scene().png().toBuffer(),
    'scene.gif': await scene().gif().toBuffer(),
    'scene.webp': await scene().webp().toBuffer(),
    'lossless.webp': await scene().webp({ lossless: true }).toBuffer(),
    'turned.webp': await scene().withMetadata(turned).webp().toBuffer(),
    'animated.webp': await sharp(
      [await plain(64, 64, '#ff0000').png().toBuffer(), await noisy(64, 64).png().toBuffer()],
      { join: { animated: true } },
    )
      .webp({ delay: [100, 100] })
      .toBuffer(),
    'scene.avif': await scene().avif().toBuffer(),
    'turned.avif': await scene().withMetadata(turned).avif().toBuffer(),
    'glass.avif': await scene().ensureAlpha(0.5).avif().toBuffer(),
    'almost-square.jpg': await plain(4100, 4099, '#808080').jpeg().toBuffer(),
  })
  for (let orientation = 1; orientation <= 8; orientation++) {
    files[`oriented-${orientation}.jpg`] = await sharp(upright)
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .withMetadata({ orientation })
      .toBuffer()
  }
  // Packets as exiftool wrote them.
  const regions = new URL('regions/', import.meta.url)
  for (const name of readdirSync(regions)) files[name] = readFileSync(new URL(name, regions))
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, file.toString('base64')]))
}
