/** What a collector of OpenTelemetry is given: a change and all that comes of it as one trace, and nothing of anybody in it. */
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { freePort } from '../../scripts/lib/postgres.mjs';
import { loadConfig } from '../../src/config.ts';
import { startTracing } from '../../src/tracing/start.ts';
import { made } from '../support/api.ts';
import { startCollector, type Collected, type Collector } from '../support/collector.ts';
import { companyOf, person } from '../support/company.ts';
import { databaseKinds, type DatabaseKind } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';
import { until } from '../support/scene.ts';
import { startSegment } from '../support/segment.ts';

const [INTERNAL, SERVER, CLIENT] = [1, 2, 3];
const ERROR = 2;
const CALLER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };

/** A company of one group, its application active, in a Rollcall that hands its traces to the collector. */
async function startTraced(kind: DatabaseKind, collector: Collector) {
  const written: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void written.push(line) });
  const rollcall = await startRollcall(
    kind,
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
      OTEL_SERVICE_NAME: 'before',
    },
    log,
  );
  const segment = await startSegment();
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'scim2', label: 'Wiki' });
  const company = companyOf(rollcall, segment, id, new Map());
  const token = await segment.newToken();
  await company.configures({ baseUrl: segment.baseUrl, token });
  await company.activates();
  await company.hires('ada');
  await company.founds('Engines', ['ada']);
  await company.binds('Engines');
  await company.untilIdle();
  return { rollcall, segment, company, token, written };
}

function only(spans: readonly Collected[], matches: (span: Collected) => boolean): Collected {
  const [span, another] = spans.filter(matches);
  if (span === undefined || another !== undefined)
    throw new Error(`Not one span in ${spans.map(({ name }) => name).join(', ')}.`);
  return span;
}

const caused =
  (requestId: string, kind: number | undefined) =>
  (span: Collected): boolean =>
    span.kind === kind && span.attributes['rollcall.request_id'] === requestId;

describe.each(databaseKinds)('traces, on the %s database', async (kind) => {
  const collector = await startCollector();
  const { company, rollcall, segment, token, written } = await startTraced(kind, collector);
  const path = `/users/${company.userId('ada')}`;
  const change = (requestId: string, fields: object, traceparent = '') =>
    rollcall.api('PATCH', path, fields, { headers: { 'x-request-id': requestId, traceparent } });

  it('R48: a change and the request that comes of it are one trace, also when another process sends it', async () => {
    await segment.behaves({ errorRate: 1 });
    await change('of-ada', { lastname: 'King' }, `00-${CALLER.trace}-${CALLER.span}-01`);
    const isTry = (line: string): boolean => /"requestId":"of-ada".*"asked an application"/.test(line);
    await until('it is tried', () => written.some(isTry));
    await rollcall.stop();
    await segment.behaves({ errorRate: 0 });
    const first = collector.spans();
    await rollcall.restart({ OTEL_SERVICE_NAME: 'after' });
    await company.untilIdle();
    await rollcall.stop();
    const api = only(first, caused('of-ada', SERVER));
    expect(api).toMatchObject({
      service: 'before',
      name: 'PATCH /api/v1/users/:id',
      traceId: CALLER.trace,
      parentSpanId: CALLER.span,
      attributes: { 'http.route': '/api/v1/users/:id', 'http.response.status_code': 200 },
    });
    const failed = first.filter(caused('of-ada', CLIENT));
    expect(failed[0]).toMatchObject({
      traceId: CALLER.trace,
      parentSpanId: api.spanId,
      status: { code: ERROR },
    });
    const sent = only(collector.spans().slice(first.length), caused('of-ada', CLIENT));
    expect(sent).toMatchObject({
      service: 'after',
      name: 'PUT /Users/{id}',
      traceId: CALLER.trace,
      parentSpanId: api.spanId,
      attributes: {
        'rollcall.user': company.userId('ada'),
        'rollcall.application': company.applicationId,
        'rollcall.action': 'user.updated',
        'http.response.status_code': 200,
      },
    });
    const slice = only(collector.spans(), ({ spanId }) => spanId === sent.links[0]?.spanId);
    expect(slice).toMatchObject({ name: 'slice', kind: INTERNAL, service: 'after' });
    expect(slice).not.toHaveProperty('parentSpanId');
  });

  it('what is asked because of no change belongs to the slice; what nobody waits for is in no trace', async () => {
    await rollcall.restart();
    await company.ask('POST', '/sync', { full: true });
    await company.untilIdle();
    await fetch(`${rollcall.url}/healthz`);
    await rollcall.stop();
    const spans = collector.spans();
    const read = spans.find(
      ({ attributes, name }) => name === 'GET /Groups' && !('rollcall.action' in attributes),
    );
    expect(spans.find(({ spanId }) => spanId === read?.parentSpanId)?.name).toBe('slice');
    expect(spans.filter(({ name }) => name.includes('healthz'))).toEqual([]);
  });

  it('a traceparent that is not well-formed begins a trace of its own', async () => {
    await rollcall.restart();
    const zeros = `00-${'0'.repeat(32)}-${CALLER.span}-01`;
    for (const [at, bad] of [`00-${CALLER.trace}-short-01`, zeros, 'x'.repeat(5000)].entries())
      await change(`bad-${at}`, { lastname: `Name${at}` }, bad);
    await company.untilIdle();
    await rollcall.stop();
    const roots = [0, 1, 2].map((at) => only(collector.spans(), caused(`bad-${at}`, SERVER)));
    expect(new Set([CALLER.trace, ...roots.map(({ traceId }) => traceId)]).size).toBe(4);
    for (const root of roots) expect(root).not.toHaveProperty('parentSpanId');
  });

  it('R4: no secret and nothing of a person is in them, and the header for the collector is told to it alone', () => {
    expect(new Set(collector.authorizations)).toEqual(new Set(['Bearer of-the-collector']));
    const given = collector.bodies.join('');
    expect(given).toContain(company.userId('ada'));
    const held = [...Object.values(person('ada')), 'King', 'Name0', 'Engines', 'Wiki'];
    for (const secret of [token, rollcall.key, 'of-the-collector', ...held])
      expect(given).not.toContain(secret);
    expect(written.join('')).not.toContain('of-the-collector');
  });
});

describe('a collector that does not take them', () => {
  const written: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void written.push(line) });
  const said = (): string[] =>
    written.map((line) => z.object({ msg: z.string() }).parse(JSON.parse(line)).msg);
  const LOST = 'Traces could not be handed over, and are lost until the collector takes them.';

  it('is told of once, and once when it does again', async () => {
    written.length = 0;
    const collector = await startCollector();
    const tracing = await startTracing(loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }), log);
    for (const status of [400, 400, 200, 200, 400]) {
      collector.answers(status);
      const before = collector.bodies.length;
      // So many are handed over without waiting.
      for (let count = 0; count < 512; count += 1)
        tracing?.begin({ name: 'n', kind: 'internal', parent: null, attributes: {} }).end();
      await until('they are handed over', () => collector.bodies.length > before);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await tracing?.stop();
    expect(said()).toEqual([LOST, 'The collector takes traces again.', LOST]);
  });

  it('holds up no stop for long where it is away', async () => {
    written.length = 0;
    const url = `http://127.0.0.1:${await freePort()}`;
    const tracing = await startTracing(loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: url }), log);
    tracing?.begin({ name: 'n', kind: 'internal', parent: null, attributes: {} }).end();
    const started = performance.now();
    await tracing?.stop();
    expect(performance.now() - started).toBeLessThan(8000);
    expect(said()).toEqual([LOST]);
  });

  it('there are none without an endpoint', async () => {
    expect(await startTracing(loadConfig({}), log)).toBeUndefined();
  });
});
