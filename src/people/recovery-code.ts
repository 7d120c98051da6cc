/** Recovery codes: for whoever lost their second factor. Each has 80 bits, and is written to be copied by hand. */

/** Crockford's base 32: no letter looks like a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE_BYTES = 10;
const GROUP = 4;

const RECOVERY_CODES = 10;
/** Random bytes that one set of codes is made of. */
export const RECOVERY_BYTES = RECOVERY_CODES * CODE_BYTES;

function codeOf(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = bits.match(/.{5}/g)?.map((five) => ALPHABET[Number.parseInt(five, 2)]) ?? [];
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** Ten codes, such as `4kq7-0h2m-9dzx-vr3t`, of {@link RECOVERY_BYTES} random bytes. */
export const recoveryCodes = (random: Uint8Array): string[] =>
  Array.from({ length: RECOVERY_CODES }, (_, index) =>
    codeOf(random.subarray(index * CODE_BYTES, (index + 1) * CODE_BYTES)),
  );

/** A code as it was made, of what somebody typed: case, spaces and dashes do not count, nor a letter that looks like a digit. */
export function normalizedCode(typed: string): string {
  const letters = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return letters.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? '';
}
