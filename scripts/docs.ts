/** `npm run docs`: writes what is made from the code: docs/connectors.md, docs/settings.md and the tables of README.md. */
import { writeFileSync } from 'node:fs';
import { pages, pageUrl } from './pages.ts';

for (const [path, make] of pages) {
  writeFileSync(pageUrl(path), make());
  console.log(path);
}
