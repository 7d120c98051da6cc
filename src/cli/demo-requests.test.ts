import { describe, expect, it } from 'vitest';
import type { Change } from './demo-http.ts';
import { describeChange, describeRequests, type Names } from './demo-requests.ts';
import type { SandboxRequest } from './demo-sandbox.ts';
import { fold } from './demo-show.ts';

const ADA = '01a209ab-2083-71e3-b604-4b0dd0a3befc';
const DATA = '01a209ab-2083-71e3-b604-4b0dd0a3bef0';
const names: Names = new Map([
  [ADA, 'ada'],
  [DATA, 'Data'],
]);

const sent = (method: string, path: string, body?: unknown, status = 200): SandboxRequest => ({
  sequence: 1,
  time: 0,
  method,
  path: `/scim/v2${path}`,
  status,
  requestBody: body === undefined ? '' : JSON.stringify(body),
});

const patch = (...Operations: unknown[]): SandboxRequest =>
  sent('PATCH', `/Groups/${DATA}`, { Operations }, 204);

/** As they are printed. */
const lines = (requests: readonly SandboxRequest[]): string[] =>
  describeRequests(requests, names).flatMap((line) => fold(line, 200));

describe('requests in a line each, with names for ids', () => {
  it.each<[SandboxRequest, string]>([
    [
      sent('POST', '/Users', { userName: 'ada@x.example', displayName: 'Ada', active: true }, 201),
      'POST /Users  userName: "ada@x.example", displayName: "Ada"  → 201',
    ],
    [
      sent('PUT', `/Users/${ADA}`, { userName: 'ada@x.example', displayName: 'Ada', active: false }),
      'PUT /Users/{ada}  active: false  → 200',
    ],
    [
      sent('PUT', `/Users/${ADA}`, { displayName: 'Ada Roy', active: true }),
      'PUT /Users/{ada}  displayName: "Ada Roy", active: true  → 200',
    ],
    [
      patch({ op: 'remove', path: `members[value eq "${ADA}"]` }),
      'PATCH /Groups/{Data}  remove members[value eq "{ada}"]  → 204',
    ],
    [
      patch({ op: 'add', path: 'members', value: [{ value: ADA }] }),
      'PATCH /Groups/{Data}  add members: ada  → 204',
    ],
    [
      patch({ op: 'replace', path: 'displayName', value: 'Numbers' }),
      'PATCH /Groups/{Data}  replace displayName "Numbers"  → 204',
    ],
    [
      sent('GET', '/Groups?filter=displayName%20eq%20%22Data%22'),
      'GET /Groups?filter=displayName eq "Data"  → 200',
    ],
    [sent('DELETE', `/Groups/${DATA}`, undefined, 204), 'DELETE /Groups/{Data}  → 204'],
  ])('%#', (request, line) => expect(lines([request])).toEqual([line]));

  it('counts many of a kind', () => {
    const leaver = sent('PUT', `/Users/${ADA}`, { active: false });
    expect(lines(Array.from({ length: 27 }, () => leaver))).toEqual([
      '27 × PUT /Users/{…}  active: false  → 200',
    ]);
  });

  it.each<[Omit<Change, 'at'>, string]>([
    [
      { method: 'POST', path: `/groups/${DATA}/members`, body: { add: [ADA] } },
      'POST /groups/{Data}/members  { "add": [ {ada} ] }',
    ],
    [
      { method: 'POST', path: '/holds/01a209ab-2083-71e3-b604-000000000000/approve', body: undefined },
      'POST /holds/{…}/approve',
    ],
  ])('shows what was asked of Rollcall: %#', (change, line) =>
    expect(describeChange({ ...change, at: 0 }, names)).toBe(line),
  );
});
