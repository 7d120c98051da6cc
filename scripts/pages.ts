/** The pages that are made from the code, and what each should hold. `scripts/docs.ts` writes them. */
import { readFileSync } from 'node:fs';
import { settingsPage } from '../src/cli/config.ts';
import { findConnector } from '../src/connectors/catalog.ts';
import { apiTypes } from './api-types.ts';
import { capabilityTable, connectorsPage, factTable } from './connectors-doc.ts';

export const pageUrl = (path: string): URL => new URL(`../${path}`, import.meta.url);

/** What stands between the two marks of a name, replaced. Throws where the marks are not there. */
function between(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}: made by npm run docs -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md lacks the marks ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`;
}

function readme(): string {
  const page = readFileSync(pageUrl('README.md'), 'utf8');
  const facts = factTable(findConnector('segment')?.notes ?? []);
  return between(between(page, 'capabilities', capabilityTable()), 'facts', facts);
}

/** By path. Of the README only the tables are made; the rest is as it is written. */
export const pages: readonly (readonly [path: string, make: () => string | Promise<string>])[] = [
  ['README.md', readme],
  ['docs/connectors.md', connectorsPage],
  ['docs/settings.md', settingsPage],
  ['console/src/api/schema.d.ts', apiTypes],
];
