/** Why a message or a file from outside is not used. */

/** Stable names, for the log and for tests. */
export type RefusalCode =
  // The envelope
  | 'no-message'
  | 'several-messages'
  | 'not-base64'
  | 'not-deflated'
  | 'too-large'
  // The XML
  | 'not-utf8'
  | 'not-xml'
  | 'dtd'
  | 'processing-instruction'
  | 'too-deep'
  | 'duplicate-id'
  // The signature
  | 'unsigned'
  | 'wrapped-signature'
  | 'several-references'
  | 'unknown-transform'
  | 'weak-algorithm'
  | 'no-certificate'
  | 'bad-signature'
  // The message
  | 'unexpected-message'
  | 'malformed'
  | 'wrong-version'
  | 'unknown-issuer'
  | 'wrong-destination'
  | 'stale'
  | 'future'
  | 'relay-state'
  | 'unregistered-acs'
  | 'unsupported-binding'
  // Metadata
  | 'not-metadata'
  | 'expired-metadata'
  | 'unusable-key'
  // What should be said of a person cannot be said
  | 'no-name-id'
  | 'account-shared'
  | 'bad-expression'
  | 'unwritable';

/** Nothing was done. The message is a sentence for an administrator: what is wrong, and what to do. */
export class SamlRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, sentence: string) {
    super(sentence);
    this.name = 'SamlRefusal';
    this.code = code;
  }
}

const SHOWN = 200;

/** A piece of somebody else's message inside a sentence: one line, not too long. */
export function quoted(text: string): string {
  // After the cut: half of a pair that it leaves is no character.
  const line = text.slice(0, SHOWN).replace(/\p{C}+/gu, ' ');
  return `“${line}${text.length > SHOWN ? '…' : ''}”`;
}
