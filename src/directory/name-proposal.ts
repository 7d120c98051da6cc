/**
 * First and last name from a name in one piece: a proposal that a person looks at, because no rule knows everybody's name.
 * Pure.
 */

interface NameProposal {
  readonly firstname: string | null;
  readonly lastname: string | null;
}

const NOTHING: NameProposal = { firstname: null, lastname: null };

/** What begins a last name wherever it stands: "van der Berg", "De Luca". */
const PARTICLES = new Set(
  [
    ...[
      'van',
      'von',
      'vom',
      'vander',
      'der',
      'den',
      'de',
      'del',
      'della',
      'delle',
      'dei',
      'degli',
      'di',
      'da',
    ],
    ...[
      'dos',
      'das',
      'du',
      'des',
      'la',
      'le',
      'les',
      'ter',
      'ten',
      'te',
      'zu',
      'zum',
      'zur',
      'af',
      'av',
      'st.',
    ],
    ...["'t", '’t', 'bint', 'ibn', 'بن', 'ابن', 'بنت', 'آل', 'أبو', 'ابو', 'בן', 'בת', 'בר'],
  ].map((word) => word.normalize()),
);
/** Given names as well where they begin with a capital: particles only as they stand here. */
const SMALL_PARTICLES = new Set(['al', 'ben', 'bin', 'do', 'el', 'san', "d'", 'y', 'e', 'i']);
/** These join two last names, and the first of them stands before: "Ortega y Gasset". */
const JOINING = new Set(['y', 'e', 'i']);
const SUFFIX = /^(?:jr|sr|ii|iii|iv|esq|ph\.?d|m\.?d|mba)\.?$/i;
const PATRONYMIC = /(?:ович|евич|ич|овна|евна|ична|инична|івна|ївна)$/iu;
/** Chinese and Korean last names of two characters; nearly all others have one. */
const DOUBLE_SURNAMES = new Set([
  ...[
    '欧阳',
    '歐陽',
    '司马',
    '司馬',
    '上官',
    '诸葛',
    '諸葛',
    '东方',
    '東方',
    '皇甫',
    '尉迟',
    '公孙',
    '令狐',
    '慕容',
  ],
  ...['남궁', '황보', '제갈', '선우', '독고', '사공', '서문'],
]);
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}々ー\s·・]+$/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

const join = (words: readonly string[]): string | null => (words.length === 0 ? null : words.join(' '));
const spaced = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const named = (first: readonly string[], last: readonly string[]): NameProposal => ({
  firstname: join(first),
  lastname: join(last),
});

const isParticle = (word: string): boolean => PARTICLES.has(word.toLowerCase()) || SMALL_PARTICLES.has(word);

/** "DUPONT" among words that are not: the last name, on whichever side it stands. */
const isShouted = (word: string): boolean => /^\p{Lu}[\p{Lu}'’-]+$/u.test(word);

/** Where the last name begins. */
function lastNameAt(words: readonly string[]): number {
  const particle = words.findIndex((word, at) => at > 0 && at < words.length - 1 && isParticle(word));
  if (particle === -1) return words.length - 1;
  return JOINING.has(words[particle] ?? '') && particle > 1 ? particle - 1 : particle;
}

function fromShouted(words: readonly string[]): NameProposal | null {
  const shouted = words.filter(isShouted);
  if (shouted.length === 0 || shouted.length === words.length) return null;
  const rest = words.filter((word) => !isShouted(word));
  return rest.every(isParticle) ? null : named(rest, shouted);
}

function fromWords(words: readonly string[]): NameProposal {
  const [first, , third] = words;
  if (words.length === 3 && third !== undefined && PATRONYMIC.test(third))
    return named(words.slice(1), [first ?? '']);
  const at = lastNameAt(words);
  return fromShouted(words) ?? named(words.slice(0, at), words.slice(at));
}

/** The family name comes first in East Asia, and is often not set apart; a dot is for the names of others, in their order. */
function fromEastAsian(name: string): NameProposal {
  const [first = '', ...rest] = name.split(/[·・]/u).map(spaced);
  if (rest.length > 0) return named([first], rest);
  const [family = '', ...given] = name.split(' ');
  if (given.length > 0) return named(given, [family]);
  const characters = Array.from(family);
  if (KANA.test(family) || characters.length < 2 || characters.length > 4) return named([family], []);
  const double = DOUBLE_SURNAMES.has(characters.slice(0, 2).join('')) && characters.length > 2;
  const length = double || characters.length === 4 ? 2 : 1;
  return named([characters.slice(length).join('')], [characters.slice(0, length).join('')]);
}

function fromSides(before: string, after: string): NameProposal {
  const [last, first] = [before.split(' '), after.split(' ')];
  if (!first.every((word) => SUFFIX.test(word))) return named(first, last);
  const { firstname, lastname } = fromWords(last);
  return { firstname, lastname: join([...(lastname === null ? [] : [lastname]), ...first]) };
}

/** Proposes from "Ada Lovelace", "Lovelace, Ada", "DUPONT Jean" or "山田 太郎". One word alone is a first name. */
export function proposeNames(name: string): NameProposal {
  const text = spaced(name.normalize());
  if (!/\p{L}/u.test(text) || text.includes('@')) return NOTHING;
  if (EAST_ASIAN.test(text)) return fromEastAsian(text);
  const [before = '', after = '', ...more] = text.split(/\s?[,،]\s?/u);
  if (before !== '' && after !== '' && more.length === 0) return fromSides(before, after);
  const words = spaced(text.replace(/[,،]/gu, ' ')).split(' ');
  const suffix = words.length > 2 && SUFFIX.test(words.at(-1) ?? '') ? words.slice(-1) : [];
  const own = words.slice(0, words.length - suffix.length);
  if (own.length === 1) return named(own, []);
  const { firstname, lastname } = fromWords(own);
  return { firstname, lastname: join([...(lastname === null ? [] : [lastname]), ...suffix]) };
}
