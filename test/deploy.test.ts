/** The Helm chart, where no Helm is: what its templates read is in its values, and its schema lets it be set. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const chart = fileURLToPath(new URL('../deploy/helm/rollcall/', import.meta.url));
const read = (file: string): string => readFileSync(join(chart, file), 'utf8');

/** `networkPolicy.databasePort`, as `.Values.networkPolicy.databasePort` or `$root.Values.…` reads it. */
function valuesReadBy(template: string): string[] {
  return [...read(join('templates', template)).matchAll(/\.Values\.([A-Za-z.]+)/g)].map(
    ([, path]) => path ?? '',
  );
}

const paths = [...new Set(readdirSync(join(chart, 'templates')).flatMap(valuesReadBy))].sort();

test.each(paths)('%s is a value of the chart, and may be set', (path) => {
  for (const key of path.split('.')) {
    expect(read('values.yaml')).toMatch(new RegExp(`^ *${key}:`, 'm'));
    expect(read('values.schema.json')).toContain(`"${key}":`);
  }
});
