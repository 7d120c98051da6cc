/** What a process says of itself to Prometheus, and that the dashboard and the papers speak of nothing else. */
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { startLanes } from '../../src/rollcall.ts';
import { made } from '../support/api.ts';
import { companyOf } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { freePort } from '../../scripts/lib/postgres.mjs';
import { startRollcall } from '../support/rollcall.ts';
import { startSegment } from '../support/segment.ts';
import { SSO_ENABLED } from '../support/sso.ts';

const root = new URL('../../', import.meta.url);

async function get(url: string): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(url);
  return { status: statusCode, text: await body.text() };
}

/** The names of all that is measured; a histogram's three series are one name. */
const measured = (text: string): Set<string> =>
  new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name));

/** The names that a paper speaks of: in queries of the dashboard and the alerts, or as code in a sentence. */
const named = (file: string): string[] =>
  [...readFileSync(new URL(file, root), 'utf8').matchAll(NAME[file.endsWith('.md') ? 'code' : 'query'])].map(
    ([, name = '']) => name.replace(/_(bucket|count|sum)$/, ''),
  );

const NAME = {
  query: /\b((?:rollcall|process|nodejs)_[a-z_0-9]+)/g,
  code: /`((?:rollcall|process|nodejs)_[a-z_0-9]*[a-z0-9])[`{]/g,
};

describe.each(databaseKinds)('/metrics (%s)', async (kind) => {
  const [rollcall, segment] = await Promise.all([startRollcall(kind), startSegment()]);
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label: 'Segment' });
  const company = companyOf(rollcall, segment, id, new Map());

  it('counts requests, what became of records, slices of work and how each application stands', async () => {
    await company.ask('PUT', '/sso', SSO_ENABLED);
    await company.configures({ baseUrl: segment.baseUrl, token: await segment.newToken() });
    await company.activates();
    await company.hires('ada');
    await company.founds('Engines', ['ada']);
    await company.binds('Engines');
    await company.untilIdle();
    const { text } = await get(`${rollcall.url}/metrics`);
    expect(text).toContain(
      `rollcall_operations_total{application="${id}",operation="createUser",outcome="done"} 1\n`,
    );
    expect(text).toContain(
      `rollcall_target_requests_total{application="${id}",method="POST",status="201"} 2\n`,
    );
    expect(text).toMatch(
      new RegExp(`rollcall_target_request_duration_seconds_count{application="${id}"} \\d+\n`),
    );
    expect(text).toContain(`rollcall_active{application="${id}",label="Segment"} 1\n`);
    expect(text).toMatch(/rollcall_lanes_working [01]\n/);
    expect(text).toMatch(/rollcall_slice_duration_seconds_count [1-9]\d*\n/);
  });
});

describe.each(databaseKinds.filter((kind) => kind === 'postgres'))('a worker (%s)', async (kind) => {
  const rollcall = await startRollcall(kind);
  const port = await freePort();
  const config = loadConfig({ ...rollcall.env, ROLLCALL_WORKER_PORT: String(port) });
  const worker = await startLanes(config, { clock: systemClock, log: silentLogger, jobs: false });
  afterAll(() => worker.close());
  const at = (path: string) => get(`http://127.0.0.1:${port}${path}`);

  it('says at its port that it lives, whether it can work, and what it counts', async () => {
    expect(await at('/healthz')).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect(await at('/readyz')).toEqual({ status: 200, text: '{"status":"ready"}' });
    expect((await at('/metrics')).text).toMatch(/rollcall_database_connections{state="busy"} \d+\n/);
  });

  it('has with a server all that the dashboard, the alerts and the papers name', async () => {
    const there = measured((await get(`${rollcall.url}/metrics`)).text);
    const papers = [
      'deploy/grafana/rollcall.json',
      'deploy/prometheus/rollcall.rules.yml',
      'docs/operations.md',
      'docs/production.md',
    ];
    const missing = papers.flatMap(named).filter((name) => !there.has(name));
    expect(missing).toEqual([]);
  });

  it('takes nothing in', async () => {
    expect((await at('/api/v1/users')).status).toBe(404);
    const { statusCode, body } = await request(`http://127.0.0.1:${port}/healthz`, { method: 'POST' });
    await body.dump();
    expect(statusCode).toBe(405);
  });

  it('says so where something else listens at its port', async () => {
    await expect(startLanes(config, { clock: systemClock, log: silentLogger, jobs: false })).rejects.toThrow(
      `Can't listen on 127.0.0.1, port ${port}: another program listens there.`,
    );
  });
});
