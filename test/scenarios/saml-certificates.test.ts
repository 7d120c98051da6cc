/** Two administrators who change an application's certificates at one moment: one clear state, and the later one is told. */
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { detailOf, made, type Answer } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';
import { setUpSso } from '../support/sign-on.ts';

const SETTINGS = { enabled: true, spEntityId: 'urn:sp', acsUrls: ['https://sp.test/acs'] };

const certificateSchema = z.looseObject({ id: z.string(), state: z.string() });
const ssoSchema = z.looseObject({
  identityProvider: z.looseObject({ certificates: z.array(certificateSchema) }),
});

describe.each(databaseKinds)('certificates in two hands, on the %s database', async (kind) => {
  const rollcall = await startRollcall(kind);
  let path = '';
  let application = '';

  beforeEach(async () => {
    application = await made({ call: rollcall.api }, '/applications', { connector: 'scim2', label: 'Wiki' });
    path = `/applications/${application}/sso`;
  });

  const certificates = async () =>
    ssoSchema.parse((await rollcall.api('GET', path)).body).identityProvider.certificates;
  const states = async () => (await certificates()).map(({ state }) => state);
  const make = () => rollcall.api('POST', `${path}/certificates`);
  const activate = (id: string) => rollcall.api('POST', `${path}/certificates/${id}/activate`);
  const remove = (id: string) => rollcall.api('DELETE', `${path}/certificates/${id}`);
  const idOf = ({ body }: Answer): string => certificateSchema.parse(body).id;
  const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();
  /** What the one was told who came too late. */
  const told = (answers: readonly Answer[]): string[] =>
    answers.filter(({ status }) => status >= 400).map(detailOf);

  it('make the next one twice: one is made', async () => {
    await setUpSso(rollcall, application, SETTINGS);
    const answers = await Promise.all([make(), make()]);
    expect(statuses(answers)).toEqual([201, 409]);
    expect(told(answers)).toEqual([expect.stringContaining('The next certificate is there already')]);
    expect(await states()).toEqual(['current', 'next']);
  });

  it('activate it twice: it signs, and the later one hears that it does', async () => {
    await setUpSso(rollcall, application, SETTINGS);
    const id = idOf(await make());
    const answers = await Promise.all([activate(id), activate(id)]);
    expect(statuses(answers)).toEqual([200, 409]);
    expect(told(answers)).toEqual([expect.stringContaining('It signs already')]);
    expect(await states()).toEqual(['current', 'retired']);
  });

  it('activate one that was replaced meanwhile: the newer one goes on signing', async () => {
    await setUpSso(rollcall, application, SETTINGS);
    const id = idOf(await make());
    await activate(id);
    const newer = idOf(await make());
    await activate(newer);
    const late = await activate(id);
    expect([late.status, detailOf(late)]).toEqual([409, expect.stringContaining('another one signs')]);
    expect((await certificates())[0]).toMatchObject({ id: newer, state: 'current' });
  });

  it('activate and delete it: whoever was first has done so, and the other one hears of it', async () => {
    await setUpSso(rollcall, application, SETTINGS);
    const id = idOf(await make());
    const answers = await Promise.all([activate(id), remove(id)]);
    if (answers[0].status === 200) {
      expect([answers[1].status, detailOf(answers[1])]).toEqual([409, expect.stringContaining('signs')]);
      expect(await states()).toEqual(['current', 'retired']);
    } else {
      expect(statuses(answers)).toEqual([204, 404]);
      expect(await states()).toEqual(['current']);
    }
  });

  it('delete it twice: it is gone, and the later one hears that it was', async () => {
    await setUpSso(rollcall, application, SETTINGS);
    const id = idOf(await make());
    const answers = await Promise.all([remove(id), remove(id)]);
    expect(statuses(answers)).toEqual([204, 404]);
    expect(told(answers)).toEqual([expect.stringContaining('Somebody may have deleted it')]);
    expect(await states()).toEqual(['current']);
  });

  it('set single sign-on up twice: there is one certificate, and it signs', async () => {
    const set = () => rollcall.api('PUT', path, SETTINGS);
    expect(statuses(await Promise.all([set(), set()]))).toEqual([200, 200]);
    expect(await states()).toEqual(['current']);
  });

  it('make two before single sign-on was set up: the first one signs, and the second is the next', async () => {
    const answers = await Promise.all([make(), make()]);
    expect(statuses(answers)).toEqual([201, 201]);
    const said = answers.map(({ body }) => certificateSchema.parse(body));
    expect(said.map(({ state }) => state).sort()).toEqual(['current', 'next']);
    expect(await certificates()).toEqual([
      expect.objectContaining(said.find(({ state }) => state === 'current')),
      expect.objectContaining(said.find(({ state }) => state === 'next')),
    ]);
  });

  it('make one while single sign-on is set up: each is told the state that is so', async () => {
    const [set, one] = await Promise.all([rollcall.api('PUT', path, SETTINGS), make()]);
    expect([set.status, one.status]).toEqual([200, 201]);
    const { id, state } = certificateSchema.parse(one.body);
    const found = await certificates();
    expect(found.filter((each) => each.state === 'current')).toHaveLength(1);
    expect(found.find((each) => each.id === id)).toMatchObject({ state });
  });

  it('the audit trail has the state that each was made in', async () => {
    await Promise.all([make(), make()]);
    const { body } = await rollcall.api(
      'GET',
      `/audit?subject=${application}&action=application.certificateMade`,
    );
    const { items } = z.object({ items: z.array(z.looseObject({ after: z.unknown() })) }).parse(body);
    expect(JSON.stringify(items)).toMatch(/"current"/);
    expect(JSON.stringify(items)).toMatch(/"next"/);
  });
});
