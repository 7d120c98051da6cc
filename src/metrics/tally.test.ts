import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { tallying } from './tally.ts';

test('counts each series, however often somebody looks', async () => {
  const registry = new Registry();
  const labelNames = ['application', 'method', 'status'] as const;
  const counting = tallying({ name: 'requests_total', help: 'Requests.', labelNames, registers: [registry] });
  const [segment, wiki] = [counting('segment'), counting('wiki')];
  segment('POST', '201');
  segment('POST', '201');
  wiki('POST', '201');
  expect(await registry.metrics()).toContain('{application="segment",method="POST",status="201"} 2');
  segment('POST', '201');
  segment('GET', '404');
  const shown = await registry.metrics();
  expect(shown).toContain('{application="segment",method="POST",status="201"} 3');
  expect(shown).toContain('{application="segment",method="GET",status="404"} 1');
  expect(shown).toContain('{application="wiki",method="POST",status="201"} 1');
});
