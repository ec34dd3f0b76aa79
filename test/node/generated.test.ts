import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Migrations that databases out there have run: SHA-256 of each. A line is added with a release, never changed. */
const RELEASED: Record<string, string> = {
  '0000_initial.sql': 'd30e97e40a79b82cf68c938f1f4972aa8658adbd70288ffb80da9ae4f501189d',
  '0001_faults_mended.sql': 'ebcb39e6a0bb41627e3384f304f1d6a675429b28e3c72e332628be63d582d7d5',
  '0002_file_names.sql': '0eabf63002ec37b171c62e890f594eeab32376e3687f8b16a148b6529029d697',
  '0003_upload_secret.sql': 'bc3aa692671224167d14a242812296fd5e69ed3691db811e60d327bfef4f8a1c',
  '0004_addresses.sql': '45aeed24e5fe3606ac40ad3186a5fa36e7782b866c86e3adc046c806812ab318',
  '0005_private_photos.sql': 'd686a65b6e592299703f49cfd7c4dfd18fca2131427d4799cb8f355859f4234c',
  '0006_messages.sql': '6c1a9ba1376e0c8a45874e97c73855e1e35b6d262506f4ba8c9fc8d790ea933a',
  '0007_crops_and_dates.sql': '3cec1bc87206a761d1227eafe526e2d2bfccce1a35f80335128edacc6a209dc0',
  '0008_invitations.sql': 'e938ea95032e24d3e8d7392f761c4008b6e8d5f7501e09ee46f7d47e5606c7df',
}

const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' })

describe('the migrations', () => {
  it('are what the schema asks for: drizzle-kit has nothing to add', () => {
    const copy = mkdtempSync(join(tmpdir(), 'cameo-migrations-'))
    try {
      cpSync('migrations', copy, { recursive: true })
      const schema = './src/db/schema/index.ts'
      const out = relative('.', copy)
      run('drizzle-kit', 'generate', '--dialect', 'sqlite', '--schema', schema, '--out', out)
      expect(readdirSync(copy).toSorted()).toEqual(readdirSync('migrations').toSorted())
    } finally {
      rmSync(copy, { recursive: true })
    }
  })

  it('are all written down here, so that none can change unseen', () => {
    expect(Object.keys(RELEASED)).toEqual(readdirSync('migrations').filter((name) => name.endsWith('.sql')))
  })

  it.each(Object.entries(RELEASED))('leave %s as it was released', (name, hash) => {
    expect(
      createHash('sha256')
        .update(readFileSync(join('migrations', name)))
        .digest('hex'),
    ).toBe(hash)
  })
})

describe('the lock file', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { integrity?: string; version?: string }>
  }
  const installed = Object.entries(lock.packages).filter(([path]) => path !== '')

  it('has the integrity of everything that is installed', () => {
    expect(installed.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([])
  })

  it('holds the very Node that the scripts run on', () => {
    const home = relative('.', dirname(dirname(realpathSync('node_modules/.bin/node'))))
    expect(lock.packages[home]?.version).toBe(process.versions.node)
  })
})

describe("README's table of settings", () => {
  it('is the one of src/config.ts', () => {
    expect(run('node', 'scripts/settings-table.mjs', '--check')).toBe('')
  })
})

describe('the build', () => {
  it('leaves nothing behind where it fails', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cameo-build-')) // without anything to build
    const { status } = spawnSync(process.execPath, [resolve('build.mjs')], { cwd: folder, stdio: 'ignore' })
    expect([status, readdirSync(join(folder, 'dist'))]).toEqual([1, []])
    rmSync(folder, { recursive: true })
  })
})
