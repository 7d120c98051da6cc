/** What the doctor finds at the certificate that signs for an application. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { RENEWAL_DAYS } from '../saml/renewal.ts';
import type { Backend } from './backend.ts';
import { problem, warning, type Finding } from './finding.ts';

const certificateSchema = z.looseObject({ state: z.string(), notAfter: z.string() });
const ssoSchema = z.looseObject({
  identityProvider: z.looseObject({ certificates: z.array(certificateSchema) }),
});

const DAY_MS = 24 * 3600 * 1000;

const SOON_MS = RENEWAL_DAYS * DAY_MS;

const MAKE_NEXT =
  'Make the next one (`POST /api/v1/applications/{id}/sso/certificates`), let the service provider know it, and activate it: docs/sign-on.md, "Change the certificate".';
const ACTIVATE_NEXT =
  'The next one is made: activate it as soon as the service provider knows it (docs/sign-on.md, "Change the certificate").';

/** Whether the certificate that signs now will do until the next one is made and known ({@link RENEWAL_DAYS}). */
export async function checkCertificate(
  backend: Backend,
  id: string,
  check: string,
  clock: Clock,
): Promise<Finding[]> {
  const { identityProvider } = await backend.call(ssoSchema, 'GET', `/applications/${id}/sso`);
  const { certificates } = identityProvider;
  const current = certificates.find(({ state }) => state === 'current');
  const left = current === undefined ? Infinity : Date.parse(current.notAfter) - clock.now().getTime();
  if (left > SOON_MS) return [];
  const whatToDo = certificates.some(({ state }) => state === 'next') ? ACTIVATE_NEXT : MAKE_NEXT;
  const day = current?.notAfter.slice(0, 10) ?? '';
  return left > 0
    ? [warning(check, `The certificate that signs people in there expires on ${day}. ${whatToDo}`)]
    : [problem(check, `The certificate that signs people in there expired on ${day}. ${whatToDo}`)];
}
