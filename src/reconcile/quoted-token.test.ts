import { expect, test } from 'vitest';
import { withoutToken } from './quoted-token.ts';

const target = { token: 'Ab/c+d"1' };

test.each([
  ['nothing of it', 'nothing of it'],
  ['the token Ab/c+d"1 is unknown', 'the token [token] is unknown'],
  [String.raw`{"detail":"Ab\/c+d\"1 is unknown"}`, '{"detail":"[token] is unknown"}'],
  [String.raw`{"detail":"Ab\u002fc\u002Bd\u00221"}`, '{"detail":"[token]"}'],
  [String.raw`twice: Ab/c+d"1, \u0041b/c+d"1`, 'twice: [token], [token]'],
  [String.raw`{"detail":"another \"quote\""}`, String.raw`{"detail":"another \"quote\""}`],
])('R4, R48: of %j, %j is shown', (text, shown) => expect(withoutToken(target, text)).toBe(shown));

test('without a token, everything is', () => expect(withoutToken({ token: '' }, 'a\\b')).toBe('a\\b'));
