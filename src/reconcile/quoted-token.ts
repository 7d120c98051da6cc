/** What a target says, without the token that it may quote: neither people nor the log are to see it (R4, R48). */

interface WithToken {
  readonly token: string;
}

/** Made once for each target: thousands of answers a second are read. */
const patterns = new WeakMap<WithToken, RegExp>();

/** The token as JSON may write it: with any of its characters escaped (RFC 8259 §7). */
function patternOf(target: WithToken): RegExp {
  const known = patterns.get(target);
  if (known !== undefined) return known;
  const characters = Array.from(target.token, (character) => {
    const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
    return `\\\\?(?:\\x${hex}|u00${hex})`;
  });
  const pattern = new RegExp(characters.join(''), 'gi');
  patterns.set(target, pattern);
  return pattern;
}

/** The text with `[token]` in the token's place. */
export function withoutToken(target: WithToken, text: string): string {
  const mayQuote = text.includes('\\') || text.includes(target.token);
  return target.token === '' || !mayQuote ? text : text.replace(patternOf(target), '[token]');
}
