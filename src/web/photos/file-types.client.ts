/** Types that the server takes, by the endings of their files' names. */
const TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
}

/** Whether files of this type are taken. */
export function isTaken(type: string): boolean {
  return Object.values(TYPES).includes(type)
}

/**
 * The file, with the type that its name tells where the system told none: some do not know WebP, some know nothing
 * of files from a network drive. What it really is, the server checks.
 */
export function withType(file: File): File {
  if (file.type) return file
  const type = TYPES[/\.([a-z]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '']
  return type ? new File([file], file.name, { type, lastModified: file.lastModified }) : file
}
