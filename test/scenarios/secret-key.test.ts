/** A new secret key, while servers run: nothing is entered again, and the old key is needed no more. */
import { describe, expect, it } from 'vitest';
import { countByKey } from '../../src/store/reseal.ts';
import { secretBox } from '../../src/store/secrets.ts';
import { made } from '../support/api.ts';
import { runCli } from '../support/cli.ts';
import { companyOf } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { codeIn, setUpApp } from '../support/factors.ts';
import { PASSWORD, startTown, type Town } from '../support/people.ts';
import { PortalBrowser } from '../support/portal-browser.ts';
import { startSegment } from '../support/segment.ts';
import { SSO_ENABLED } from '../support/sso.ts';

const keyOf = (byte: number): Buffer => Buffer.alloc(32, byte);
const [OLD, NEW, STRANGE] = [keyOf(1), keyOf(2), keyOf(3)];
const settings = (key: Buffer, ...others: readonly Buffer[]) => ({
  ROLLCALL_SECRET_KEY: key.toString('base64'),
  ROLLCALL_OTHER_SECRET_KEYS: others.map((other) => other.toString('hex')).join(','),
});

/** How many secrets each of the keys has sealed: a token, a signing key, an authenticator app. */
async function sealedBy({ rollcall }: Town): Promise<Record<'old' | 'new', number>> {
  const counts = await countByKey(rollcall.database.db);
  const of = (key: Buffer) => counts.get(secretBox(key).keyId) ?? 0;
  return { old: of(OLD), new: of(NEW) };
}

async function signsIn({ rollcall }: Town, username: string, code: string): Promise<string> {
  const browser = new PortalBrowser(rollcall.url);
  await browser.signIn(username, PASSWORD);
  return (await browser.post('/sign-in/second-factor', { code })).location;
}

describe.each(databaseKinds)('a new secret key (%s)', async (kind) => {
  const [town, segment] = await Promise.all([startTown(kind, settings(OLD)), startSegment()]);
  const { rollcall } = town;
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label: 'Segment' });
  const company = companyOf(rollcall, segment, id, new Map());
  const reseal = () => runCli(['secrets', 'reseal', '--json'], rollcall.env);
  const doctor = async () => (await runCli(['doctor'], rollcall.env)).out;

  it('is known beside the old one, seals what is new, and then everything', async () => {
    await company.ask('PUT', '/sso', SSO_ENABLED);
    await company.configures({ baseUrl: segment.baseUrl, token: await segment.newToken() });
    const { secret } = await setUpApp(await town.signedIn('ada'));
    expect(await sealedBy(town)).toEqual({ old: 3, new: 0 });

    await rollcall.restart(settings(NEW, OLD));
    await company.activates();
    expect(await signsIn(town, 'ada', codeIn(secret))).toBe('/');
    await company.deactivates();
    await company.configures({ token: await segment.newToken() });
    expect(await sealedBy(town)).toEqual({ old: 2, new: 1 });

    await rollcall.stop();
    expect(await doctor()).toContain('2 are still encrypted with another key than the present one.');
    expect(await reseal()).toMatchObject({
      code: 0,
      out: expect.stringContaining('"resealed": 2') as string,
    });

    await rollcall.restart(settings(NEW));
    expect(await sealedBy(town)).toEqual({ old: 0, new: 3 });
    await company.activates();
    expect(await signsIn(town, 'ada', codeIn(secret, 1))).toBe('/');
  });

  it('that never sealed anything here opens nothing, and changes nothing', async () => {
    await rollcall.restart(settings(STRANGE));
    await rollcall.stop();
    expect(await doctor()).toContain('3 were encrypted with a secret key that is not known here.');
    const { code, err } = await reseal();
    expect(err).toContain('was encrypted with the key');
    expect(code).toBe(4);
    await rollcall.restart(settings(NEW));
    expect(await sealedBy(town)).toEqual({ old: 0, new: 3 });
  });
});
