/** Remote ids that no two targets give by chance. */
import { sql } from 'kysely';

/** Capital and small letters with digits between them, not a word among them. */
const IS_MIXED = sql`(l.remote_id ~ '^[0-9A-Za-z]{20,}$' AND l.remote_id ~ '[A-Z]' AND l.remote_id ~ '[a-z]'
  AND l.remote_id ~ '[0-9][A-Za-z]+[0-9]' AND l.remote_id !~ '[a-z]{4}')`;

/** Nine letters, digits or signs as base64 writes them, which few others begin with: the text behind them may be a counter. */
const IS_BASE64_OF_TEXT = sql`l.remote_id ~ '^([I-Za-f][A-HQ-Xg-nw-z0-3]..){3}'`;

const IS_HEX_OF_TEXT = sql`replace(l.remote_id, '-', '') ~* '^([2-7][0-9a-f])+$'`;

/**
 * Whether the remote id of link `l` is clearly random, as a UUID is, so that no two targets give it by chance: it is of the same record by
 * whatever name. Numbers, names, and either of them encoded may be somebody else's. Of what is random, some looks like those, and is not
 * taken for it: two of five ids of 22 letters and digits, which are known by their names then, as numbers are.
 */
export const IS_UNIQUE = sql<boolean>`(l.remote_id !~ '0000' AND (
  (replace(l.remote_id, '-', '') ~* '^[0-9a-f]{24,}$' AND l.remote_id ~* '[a-f]' AND NOT ${IS_HEX_OF_TEXT})
  OR (${IS_MIXED} AND NOT ${IS_BASE64_OF_TEXT})))`;
