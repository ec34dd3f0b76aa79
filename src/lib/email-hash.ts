import { digestHex } from './crypto'
import { unicodeForm } from './email'

/**
 * The hashes under which a person is looked up, hex (Gravatar, "Creating the hash": of the address trimmed and in
 * lower case). The aliases are those of the form with an international domain in letters; null where there is none.
 * @param email as `readEmail` gives it
 */
export async function hashEmail(
  email: string,
): Promise<{ hash: string; md5: string; hashAlias: string | null; md5Alias: string | null }> {
  const alias = unicodeForm(email)
  const [hash, md5, hashAlias, md5Alias] = await Promise.all([
    digestHex('SHA-256', email),
    digestHex('MD5', email),
    alias && digestHex('SHA-256', alias),
    alias && digestHex('MD5', alias),
  ])
  return { hash, md5, hashAlias, md5Alias }
}
