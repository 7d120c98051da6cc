import { describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { readPlan, readWholePlan } from './read-plan.ts';

interface Asked {
  readonly path: string;
  readonly kind: string | null;
  readonly limit: number;
}

/** A server whose plan has so many steps of each kind, in that order, and which answers as many as are asked for. */
function serverOf(summary: Readonly<Record<string, number>>, checksums = ['same']) {
  const asked: Asked[] = [];
  const backend: Backend = {
    where: 'a test',
    call: (schema, _method, path) => {
      const query = new URLSearchParams(path.split('?')[1]);
      const [kind, limit] = [query.get('kind'), Number(query.get('limit'))];
      const checksum = checksums[asked.length] ?? checksums.at(-1);
      asked.push({ path, kind, limit });
      const kinds = Object.entries(summary).filter(([name]) => kind === null || name === kind);
      const all = kinds.flatMap(([name, number]) =>
        Array.from({ length: number }, (_, at) => ({ kind: name, sentence: `${name} ${at}` })),
      );
      const steps = all.slice(0, limit);
      return Promise.resolve(
        schema.parse({ checksum, summary, steps, truncated: steps.length < all.length }),
      );
    },
    work: () => Promise.resolve(),
    examine: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  return { asked, backend };
}

const count = (steps: readonly { readonly kind: string }[], kind: string): number =>
  steps.filter((step) => step.kind === kind).length;

describe('R47: a plan of more steps than the API shows at once', () => {
  it('R47: shows each kind, read by itself where the others hid it', async () => {
    const { asked, backend } = serverOf({ deactivateUser: 10_001, createUser: 300, createGroup: 1 });
    const { steps } = await readWholePlan(backend, 'a', {}, 200);
    expect(count(steps, 'deactivateUser')).toBe(10_000);
    expect([count(steps, 'createUser'), count(steps, 'createGroup')]).toEqual([200, 1]);
    expect(asked.map(({ kind, limit }) => [kind, limit])).toEqual([
      [null, 10_000],
      ['createUser', 200],
      ['createGroup', 200],
    ]);
  });

  it('R47: is read once where all of it is there', async () => {
    const { asked, backend } = serverOf({ deactivateUser: 3, createUser: 300 });
    expect((await readWholePlan(backend, 'a', { user: 'u' }, 200)).steps).toHaveLength(303);
    expect(asked.map(({ path }) => path)).toEqual(['/applications/a/plan?user=u&limit=10000']);
  });

  it('R47: takes no step of another plan, which is there by then', async () => {
    const { backend } = serverOf({ deactivateUser: 10_001, createUser: 3 }, ['one', 'other']);
    const plan = await readWholePlan(backend, 'a', {}, 200);
    expect([plan.checksum, count(plan.steps, 'createUser')]).toEqual(['one', 0]);
  });

  it('R47: for a program is what it asked for', async () => {
    const { backend } = serverOf({ deactivateUser: 5 });
    expect((await readPlan(backend, 'a', {}, 2)).steps).toHaveLength(2);
  });
});
