/** Whether anything was lost or doubled, worked out without the engine once nothing is left to do. */
import { z } from 'zod';
import { compare, heldGroups, leftAlone, readWanted } from '../../src/cli/demo-check.ts';
import { readBoundGroups } from '../../src/cli/demo-directory.ts';
import { blindRepeats, doubledAccounts } from './doubles.ts';
import type { Scene } from './scene.ts';
import type { TargetRequest } from './target.ts';

export interface Finding {
  readonly kind: 'lost' | 'doubled' | 'fallen';
  readonly sentence: string;
}

const lost = (sentence: string): Finding => ({ kind: 'lost', sentence });
const doubled = (sentence: string): Finding => ({ kind: 'doubled', sentence });

/** The target against the directory as it is; groups that were unbound are as they are. */
async function targetDifferences({ administrator, target, application }: Scene): Promise<Finding[]> {
  const api = await administrator.api();
  const bound = await readBoundGroups(api, application.split('/').at(-1) ?? '');
  const wanted = await readWanted(api, bound);
  const held = await target.held();
  const left = leftAlone();
  for (const [key, { email }] of administrator.model.people)
    if (administrator.history.mayKeepName(key)) left.ownNames.add(email);
  for (const [name, members] of heldGroups(held))
    if (!wanted.groups.has(name) && administrator.history.mayRemain(name)) left.groups.set(name, members);
  const twice = doubledAccounts(held, (email) => administrator.history.ownerOf(email));
  const differences = compare(wanted, held, left);
  return [
    ...differences.map((sentence) => (sentence.includes('holds two') ? doubled(sentence) : lost(sentence))),
    ...twice.map(doubled),
  ];
}

const planSchema = z.object({ steps: z.array(z.object({ kind: z.string(), sentence: z.string() })) });
const stateSchema = z.object({ state: z.string() });

/** What Rollcall itself still wants to do: nothing. */
async function openEnds({ administrator, application }: Scene): Promise<Finding[]> {
  const api = await administrator.api();
  const { steps } = await api.call('GET', `${application}/plan`, planSchema);
  const { state } = await api.call('GET', `${application}/status`, stateSchema);
  const findings = steps.map(({ sentence }) => lost(`The plan is not empty: ${sentence}`));
  if (state !== 'active') findings.push(lost(`The connection is ${state}.`));
  return findings;
}

/** Whatever is done to it, a process goes on until it is told to end. */
const fallen = ({ hosts }: Scene): Finding[] =>
  hosts
    .filter(({ program }) => program.falls > 0)
    .map(({ program }) => ({
      kind: 'fallen',
      sentence: `The ${program.name} ended by itself. It said: ${program.log.slice(-2000)}`,
    }));

/** Everything that is not as it should be. `requests` are those of the round. */
export async function check(scene: Scene, requests: readonly TargetRequest[]): Promise<Finding[]> {
  const { administrator, target } = scene;
  const { overlaps } = await target.watch();
  return [
    ...administrator.broken.map(lost),
    ...(await administrator.differences()).map(lost),
    ...(await targetDifferences(scene)),
    ...(await openEnds(scene)),
    ...blindRepeats(requests).map(doubled),
    ...fallen(scene),
    ...overlaps.map((sentence) => doubled(`Two wrote at the same time: ${sentence}`)),
  ];
}
