/** `npm run docs`: writes what is made from the code: docs/connectors.md, docs/settings.md, the tables of README.md and the types of the API. */
import { writeFileSync } from 'node:fs';
import { pages, pageUrl } from './pages.ts';

for (const [path, make] of pages) {
  writeFileSync(pageUrl(path), await make());
  console.log(path);
}
