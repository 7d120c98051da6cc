/** Importing from other people's providers: everybody is shown once, imported once, and nothing is written there (R30, R31, R34). */
import { expect, it } from 'vitest';
import { importer } from '../support/imports.ts';
import type { Scenarios } from './scenarios.ts';

/** More than one page, and more than the fifty at which one provider's total stops. */
const MANY = 130;

export const importScenarios: Scenarios = (stage) => {
  it('imports everybody who is there, and provisioning makes nobody again', async () => {
    const scene = stage();
    const ada = await scene.hire('ada');
    for (let at = 0; at < MANY; at += 1) await scene.world.addUser(scene.userName(`stranger${at}`));
    await scene.world.addUser(scene.userName('ada'));
    await scene.connect([]);
    const before = scene.proxy.passed.length;
    const imports = importer(scene);
    expect(await imports.read()).toMatchObject({ total: MANY + 1, roster: { state: 'read' } });
    const newcomers = await imports.list('?new=true&limit=1000');
    expect(newcomers.total).toBe(MANY);
    const [adaThere] = await imports.idsOf(scene.userName('ada'));
    const some = newcomers.items.slice(0, 60).map(({ remoteId }) => remoteId);
    const done = await imports.start({ remoteIds: [...some, adaThere], state: 'active' });
    expect(done).toMatchObject({ state: 'done', counts: { created: 60, linked: 1, failed: 0 } });
    expect(scene.writes(before)).toEqual([]);
    const { userId = '' } = done.results?.find(({ remoteId }) => remoteId === some[0]) ?? {};
    await scene.bind({ add: [await scene.group('Eng', [ada, userId ?? ''])] });
    await scene.settled();
    expect(scene.world.users()).toHaveLength(MANY + 1);
  });
};
