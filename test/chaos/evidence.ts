/** What there is to look into when something was found: kept in a file, as the processes and the database end with the run. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readAll } from '../../src/cli/demo-directory.ts';
import type { Finding } from './check.ts';
import type { RoundPlan } from './round.ts';
import type { Scene } from './scene.ts';
import type { TargetRequest } from './target.ts';

const anything = z.looseObject({});

/** Writes what is known of a round, and answers where. */
export async function keepEvidence(
  { administrator, application, hosts, target }: Scene,
  plan: RoundPlan,
  requests: readonly TargetRequest[],
  findings: readonly Finding[],
): Promise<string> {
  const api = await administrator.api();
  const id = application.split('/').at(-1) ?? '';
  const evidence = {
    findings,
    plan,
    requests,
    held: await target.held(),
    people: Object.fromEntries(administrator.directory.model.people),
    ids: Object.fromEntries(administrator.directory.ids),
    users: await readAll(api, `${application}/users`, anything),
    groups: await readAll(api, `${application}/linked-groups`, anything),
    events: await api.call('GET', `/events?application=${id}&limit=1000`, anything),
    logs: Object.fromEntries(hosts.map(({ program }) => [program.name, program.log])),
  };
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-chaos-evidence-'));
  const file = join(directory, 'evidence.json');
  await writeFile(file, JSON.stringify(evidence, null, 1));
  return file;
}
