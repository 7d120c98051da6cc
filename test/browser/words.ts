/** What stands on a page for people to read or hear, and what of it is written for machines. */
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** Each is found wherever a person reads; what is code, and says so (`<code>`, `<pre>`, a field), may hold any of it. */
const FOR_MACHINES = {
  'an id': /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i,
  'a hash or a token': /\b(?=[a-z]*\d)[0-9a-f]{16,}\b|\brc_[\w-]{20,}/i,
  'a timestamp': /\b\d{4}-\d\d-\d\dT\d\d:\d\d/,
  'a day as machines write it': /\b\d{4}-\d\d-\d\d\b/,
  JSON: /[{[]\s*"|"\w+":\s*["\d{[]|\{\}|\[\]/,
  'a value that is none': /\b(undefined|NaN)\b|\[object \w+\]/,
  'a SCIM schema or a kind of problem': /\burn:(ietf|rollcall):/i,
  'a code in snake case': /\b[a-z]+(_[a-z]+)+\b/,
  // userName is what the administrator's own application calls it, and its pages say so.
  'a code in camel case': /\b(?!userName\b|displayName\b)[a-z]+[A-Z][a-z]\w*\b/,
  'a request': /\b(GET|HEAD|POST|PUT|PATCH|DELETE) \//,
  'a stack': /\bat \S+ \(|\.[cm]?[jt]sx?:\d+/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** What of a text is none for people: `an id: 01890a5d-…`. */
export const forMachines = (text: string): string[] =>
  Object.entries(FOR_MACHINES).flatMap(([kind, pattern]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`${kind}: ${found}`];
  });

/** Every text that is shown, or said by a label; a script of the page, which these types know nothing of. */
const WORDS = `(() => {
  const isCode = (element) => element.closest('code, pre, script, style, textarea, [data-verbatim]') !== null;
  const words = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!isCode(element) && element.checkVisibility()) words.push(node.textContent);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (isCode(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) words.push(element.getAttribute(name) ?? '');
  }
  return words.map((word) => word.trim()).filter((word) => word !== '');
})()`;

const wordsSchema = z.array(z.string()).min(1);

export const wordsOf = async (page: Page): Promise<string[]> => wordsSchema.parse(await page.evaluate(WORDS));
