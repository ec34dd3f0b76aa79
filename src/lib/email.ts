import { digestHex } from './crypto'

/** The e-mail as it is stored and hashed: trimmed and lower-cased (Gravatar, "Creating the hash"). */
function normalizeEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** Both hashes under which an e-mail address is looked up, hex. The address is normalised first. */
export async function hashEmail(email: string): Promise<{ hash: string; md5: string }> {
  const normal = normalizeEmail(email)
  const [hash, md5] = await Promise.all([digestHex('SHA-256', normal), digestHex('MD5', normal)])
  return { hash, md5 }
}
