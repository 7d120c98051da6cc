/** What somebody who begins does first, and what of it is done. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { databaseKinds } from '../support/database.ts';
import { startScene } from '../support/scene.ts';

const stepsSchema = z.object({ items: z.array(z.object({ step: z.string(), done: z.boolean() })) });

describe.each(databaseKinds)('the first steps, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, rollcall } = scene;
  const done = async (): Promise<string[]> =>
    stepsSchema
      .parse((await api('GET', '/first-steps')).body)
      .items.flatMap((each) => (each.done ? [each.step] : []));

  test('are done one after the other', async () => {
    expect(await done()).toEqual(['application']);
    const ada = await scene.user('ada');
    await api('PUT', `/administrators/${ada}`, { role: 'administrator' });
    expect(await done(), 'who only administers is none of the people').toEqual(['application']);
    const bea = await scene.user('bea');
    expect(await done()).toEqual(['people', 'application']);
    await scene.activate();
    expect(await done()).toEqual(['people', 'application', 'activation']);
    await scene.boundGroup('Staff', [bea]);
    expect(await done()).toEqual(['people', 'groups', 'application', 'activation', 'binding']);
    await rollcall.database.db.deleteFrom('application_groups').execute();
    expect(await done()).toEqual(['people', 'groups', 'application', 'activation']);
  });
});
