/** Fields that JSON gives more than once (RFC 8259 §4): parsing keeps the last of them, and says nothing. */

/** An object or a list that is being read. */
interface Open {
  /** The fields of an object so far; null of a list. */
  readonly names: Set<string> | null;
  /** Where in it the reader is: the field, or the index. */
  at: string | number;
}

/** Where the text that begins there ends, behind its quote. */
function endOfText(json: string, begin: number): number {
  for (let at = json.indexOf('"', begin + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let escapes = 0;
    while (json[at - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return at + 1;
  }
  return json.length;
}

/** Whether a text that ends there is the name of a field. */
function isName(json: string, end: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = end;
  return colon.test(json);
}

/** The name that is written between those quotes. */
function nameOf(json: string, begin: number, end: number): string {
  const written = json.slice(begin + 1, end - 1);
  return written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written;
}

/** Goes on to that field. Answers whether the object has had it before. */
function isRepeated(object: Open, name: string): boolean {
  object.at = name;
  if (object.names?.has(name)) return true;
  object.names?.add(name);
  return false;
}

/** Goes on behind a sign that stands outside of texts. */
function follow(open: Open[], sign: string): void {
  const inner = open.at(-1);
  if (sign === '{') open.push({ names: new Set(), at: '' });
  else if (sign === '[') open.push({ names: null, at: 0 });
  else if (sign !== ',') open.pop();
  else if (typeof inner?.at === 'number') inner.at += 1;
}

/** The way to the first field that its object gives a second time. The text is valid JSON; it is read once, and no value of it. */
export function repeatedField(json: string): readonly PropertyKey[] | undefined {
  const open: Open[] = [];
  const sign = /["{}[\],]/g;
  for (let found = sign.exec(json); found !== null; found = sign.exec(json)) {
    const inner = open.at(-1);
    if (found[0] !== '"') {
      follow(open, found[0]);
      continue;
    }
    const end = endOfText(json, found.index);
    sign.lastIndex = end;
    if (!inner?.names || !isName(json, end)) continue;
    if (isRepeated(inner, nameOf(json, found.index, end))) return open.map(({ at }) => at);
  }
  return undefined;
}
