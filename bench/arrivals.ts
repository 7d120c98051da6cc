/** Changes at a steady rate, and when each arrived at its target: by the sandbox's journal, so that nobody has to keep asking. */
import { z } from 'zod';
import type { Lab } from './lab.ts';

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds since 1970, with fractions: on the clock of the sandbox's journal. */
const now = (): number => performance.timeOrigin + performance.now();

const LONGEST_MS = 120_000;

const journalSchema = z.object({
  journal: z.array(z.object({ time: z.number(), route: z.string(), requestBody: z.string() })),
});
const namedSchema = z.object({ displayName: z.string() });

/** When the sandbox first saw each name. */
async function arrivals(lab: Lab): Promise<Map<string, number>> {
  const route = encodeURIComponent('PUT /Users/{id}');
  const { journal } = journalSchema.parse(await lab.control('GET', `/requests?route=${route}`));
  const seen = new Map<string, number>();
  for (const { time, requestBody } of journal.reverse())
    seen.set(namedSchema.parse(JSON.parse(requestBody)).displayName, time);
  return seen;
}

/** Changes people at a steady rate, whatever became of those before. Answers for each how long the change took to its target. */
export async function changeSteadily(lab: Lab, users: readonly string[], rate: number): Promise<number[]> {
  await lab.control('DELETE', '/requests');
  const started = now();
  const asked = new Map<string, number>();
  const answers = users.map(async (user, index) => {
    await sleep(started + (index * 1000) / rate - now());
    const displayname = `Changed ${user}`;
    asked.set(displayname, now());
    await lab.api('PATCH', `/users/${user}`, { displayname });
  });
  await Promise.all(answers);
  const seen = await untilArrived(lab, users.length);
  return [...asked].map(([name, at]) => (seen.get(name) ?? NaN) - at);
}

async function untilArrived(lab: Lab, count: number): Promise<Map<string, number>> {
  const end = now() + LONGEST_MS;
  for (;;) {
    const seen = await arrivals(lab);
    if (seen.size >= count) return seen;
    if (now() > end) throw new Error(`${count - seen.size} changes did not arrive within two minutes`);
    await sleep(250);
  }
}
