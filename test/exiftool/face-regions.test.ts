import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { openReader } from '../../src/lib/sniff/bytes.ts'
import { findXmp } from '../../src/tags/packets.ts'
import { readRegions } from '../../src/tags/regions.ts'
import { writeSidecar } from '../../src/tags/sidecar.ts'

const folder = mkdtempSync(join(tmpdir(), 'cameo-regions-'))
afterAll(() => rmSync(folder, { recursive: true }))

const exiftool = (...args: string[]) => execFileSync('exiftool', args, { cwd: folder, encoding: 'utf8' })

const FACES = [
  { name: 'Zoë "<&>\' 李', box: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 } },
  { name: 'somebody', box: { x: 0.5, y: 0, width: 0.5, height: 1 } },
]

describe('face regions', () => {
  it('of a sidecar are read by exiftool', () => {
    writeFileSync(
      join(folder, 'a.xmp'),
      writeSidecar({ width: 4000, height: 3000, orientation: 6, faces: FACES }),
    )
    const fields = ['-XMP-mwg-rs:all', '-Orientation#']
    const [{ RegionInfo, Orientation }] = JSON.parse(exiftool('-j', '-struct', ...fields, 'a.xmp'))
    expect(Orientation).toBe(6)
    expect(RegionInfo).toEqual({
      AppliedToDimensions: { W: 4000, H: 3000, Unit: 'pixel' },
      RegionList: [
        { Name: FACES[0]?.name, Type: 'Face', Area: { X: 0.25, Y: 0.4, W: 0.3, H: 0.4, Unit: 'normalized' } },
        { Name: 'somebody', Type: 'Face', Area: { X: 0.75, Y: 0.5, W: 0.5, H: 1, Unit: 'normalized' } },
      ],
    })
    expect(exiftool('-validate', '-warning', '-a', 'a.xmp')).toMatch(/Validate\s*: OK/)
  })

  it.each([
    ['jpeg', []],
    ['jpeg', ['-api', 'Compact=Shorthand']],
    ['png', []],
    ['png', ['-api', 'PNGEarlyXMP=1']],
  ] as const)('that exiftool copies into a %s (%j) are read by us', async (format, options) => {
    writeFileSync(
      join(folder, 'b.xmp'),
      writeSidecar({ width: 60, height: 40, orientation: 1, faces: FACES }),
    )
    const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: '#808080' } })
    const name = `b.${format}`
    writeFileSync(join(folder, name), await picture.toFormat(format).toBuffer())
    exiftool(...options, '-q', '-overwrite_original', '-tagsfromfile', 'b.xmp', '-xmp:all', name)
    const file = openReader(new Uint8Array(readFileSync(join(folder, name))))
    const regions = findXmp(file, format).flatMap(readRegions)
    expect(regions).toEqual(
      FACES.map(({ name, box }) => ({
        name,
        box: Object.fromEntries(Object.entries(box).map(([side, value]) => [side, expect.closeTo(value, 8)])),
        drawnOn: { width: 60, height: 40 },
      })),
    )
  })
})
