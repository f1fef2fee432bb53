import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { IdentityError } from './identity-error.ts'

/** The key file's text and back. Reading and writing the file, and its mode 0600, are the node's business. */

const VERSION = 1
const SEED_BYTES = 32
const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** The file is some 400 bytes; anything much longer is not ours. */
const TEXT_MAX_CHARS = 4_096
/** RFC 7914 names; 128 MiB and about half a second for each guess (OWASP's first choice for scrypt). */
const COST = { N: 2 ** 17, r: 8, p: 1 }
const COST_MAX_BYTES = 256 * 1_024 * 1_024
const DOMAIN = 'asgard/key-file/1\0'

const scryptAsync = promisify<
  string,
  Uint8Array,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt)

export type KeyFile =
  | { readonly protection: 'none'; readonly seed: Uint8Array }
  | {
      readonly protection: 'passphrase'
      readonly salt: Uint8Array
      readonly nonce: Uint8Array
      readonly ciphertext: Uint8Array
    }

/** Without a passphrase the seed is stored as it is. Passphrases are compared in Unicode's NFKC form. */
export async function encodeKeyFile(seed: Uint8Array, passphrase?: string): Promise<string> {
  if (seed.length !== SEED_BYTES) {
    throw new IdentityError(
      'BAD_KEY',
      `a key's seed has ${SEED_BYTES} bytes, this one has ${seed.length}`,
    )
  }
  if (passphrase === undefined) {
    return format({ protection: 'none', seed: base64(seed), check: checkOf(seed) })
  }
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', await keyFrom(passphrase, salt), nonce)
  cipher.setAAD(Buffer.from(DOMAIN))
  const ciphertext = Buffer.concat([cipher.update(seed), cipher.final(), cipher.getAuthTag()])
  return format({
    protection: 'passphrase',
    kdf: { name: 'scrypt', ...COST, salt: base64(salt) },
    cipher: { name: 'aes-256-gcm', nonce: base64(nonce) },
    ciphertext: base64(ciphertext),
    check: checkOf(Buffer.concat([salt, nonce, ciphertext])),
  })
}

/** Throws KEYSTORE_LOCKED without the passphrase that is needed, WRONG_PASSPHRASE, or KEYSTORE_CORRUPT. */
export async function decodeKeyFile(text: string, passphrase?: string): Promise<Uint8Array> {
  const file = readKeyFile(text)
  if (file.protection === 'none') return file.seed
  if (passphrase === undefined)
    throw new IdentityError('KEYSTORE_LOCKED', 'the device key is protected by a passphrase')
  const key = await keyFrom(passphrase, file.salt)
  const decipher = createDecipheriv('aes-256-gcm', key, file.nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(DOMAIN))
  decipher.setAuthTag(file.ciphertext.subarray(-TAG_BYTES))
  try {
    return new Uint8Array(
      Buffer.concat([decipher.update(file.ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]),
    )
  } catch (cause) {
    // The file's own check has held, so it is the passphrase and not damage.
    throw new IdentityError('WRONG_PASSPHRASE', 'the passphrase does not open the device key', {
      cause,
    })
  }
}

/** What the file says without opening it. Throws KEYSTORE_CORRUPT. */
export function readKeyFile(text: string): KeyFile {
  if (text.length > TEXT_MAX_CHARS) throw corrupt('it is too long')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new IdentityError('KEYSTORE_CORRUPT', 'the key file is no JSON', { cause })
  }
  const file = fieldsOf(parsed)
  if (file['format'] !== 'asgard-key' || file['version'] !== VERSION) {
    throw corrupt(`it is not of format asgard-key, version ${VERSION}`)
  }
  if (file['protection'] === 'none') {
    const seed = bytesOf(file['seed'], SEED_BYTES)
    if (file['check'] !== checkOf(seed)) throw corrupt('its check does not fit')
    return { protection: 'none', seed }
  }
  if (file['protection'] !== 'passphrase') throw corrupt('its protection is unknown')
  const kdf = fieldsOf(file['kdf'])
  const cipher = fieldsOf(file['cipher'])
  const isKnown =
    kdf['name'] === 'scrypt' && kdf['N'] === COST.N && kdf['r'] === COST.r && kdf['p'] === COST.p
  // Only this cost is taken: a planted file must not choose how much memory we spend.
  if (!isKnown || cipher['name'] !== 'aes-256-gcm') throw corrupt('its encryption is unknown')
  const salt = bytesOf(kdf['salt'], SALT_BYTES)
  const nonce = bytesOf(cipher['nonce'], NONCE_BYTES)
  const ciphertext = bytesOf(file['ciphertext'], SEED_BYTES + TAG_BYTES)
  if (file['check'] !== checkOf(Buffer.concat([salt, nonce, ciphertext])))
    throw corrupt('its check does not fit')
  return { protection: 'passphrase', salt, nonce, ciphertext }
}

async function keyFrom(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  return scryptAsync(passphrase.normalize('NFKC'), salt, 32, { ...COST, maxmem: COST_MAX_BYTES })
}

function format(fields: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ format: 'asgard-key', version: VERSION, ...fields }, undefined, 2)}\n`
}

/** Finds damage, nothing more: whoever may write the file may also write this. */
function checkOf(bytes: Uint8Array): string {
  return createHash('sha256').update(DOMAIN).update(bytes).digest('hex').slice(0, 16)
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function bytesOf(value: unknown, length: number): Uint8Array {
  if (typeof value !== 'string') throw corrupt('a field is missing')
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length !== length || bytes.toString('base64') !== value)
    throw corrupt('a field is damaged')
  return new Uint8Array(bytes)
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw corrupt('it is no JSON object')
  return value as Readonly<Record<string, unknown>>
}

function corrupt(detail: string): IdentityError {
  return new IdentityError('KEYSTORE_CORRUPT', `the key file cannot be used: ${detail}`)
}
