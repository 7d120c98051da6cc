/** What the doctor finds at each application: its target, what waits, and the certificate of its single sign-on. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { MADE_SURE_FIRST } from '../provisioning/made-sure.ts';
import type { Backend } from './backend.ts';
import { checkCertificate } from './check-certificates.ts';
import { count } from '../count.ts';
import { finding, ok, problem, warning, type Finding } from './finding.ts';
import { statusSchema } from './follow.ts';
import { readPages } from './read-pages.ts';

const listedSchema = z.looseObject({
  id: z.string(),
  label: z.string(),
  sso: z.object({ enabled: z.boolean() }),
});
const testSchema = z.object({ passed: z.boolean(), message: z.string() });
const detailSchema = statusSchema.extend({
  inventoryError: z.looseObject({ message: z.string() }).nullable(),
  attention: z.number(),
  oldestPendingAt: z.string().nullable(),
  waitUntil: z.string().nullable(),
  unsure: z.boolean(),
});

type Detail = z.infer<typeof detailSchema>;

/** What is pending waits for it, and no record is late before. */
const checkSure = (check: string, { state, unsure }: Detail): Finding[] =>
  unsure && state === 'active' ? [warning(check, MADE_SURE_FIRST)] : [];

/** Where a server runs, what is due is taken up within seconds. */
const LONG_PENDING_MS = 5 * 60 * 1000;

/** Why something may be pending for long. */
function checkPending(check: string, { oldestPendingAt, waitUntil }: Detail, clock: Clock): Finding[] {
  if (waitUntil !== null) {
    const message = `The application asked to wait until ${waitUntil}. What is pending is sent after that, leavers first.`;
    return [warning(check, message)];
  }
  if (oldestPendingAt === null || clock.now().getTime() - Date.parse(oldestPendingAt) <= LONG_PENDING_MS)
    return [];
  const message = `A record waits since ${oldestPendingAt}. Does a server or worker run, and does the application answer? Their log says more.`;
  return [warning(check, message)];
}

function checkWaiting(check: string, status: Detail): Finding[] {
  const findings: Finding[] = [];
  if (status.held > 0)
    findings.push(
      problem(
        check,
        `${count(status.held, 'deactivation is', 'deactivations are')} held: look at the list in the console, on the tab Plan of the application, and approve or reject it.`,
      ),
    );
  if (status.failed > 0)
    findings.push(
      warning(
        check,
        `${count(status.failed, 'record', 'records')} can't be provisioned as ${status.failed === 1 ? 'it is' : 'they are'}: the tab Users of the application in the console says why, and what to do.`,
      ),
    );
  if (status.attention > 0)
    findings.push(
      warning(
        check,
        `${count(status.attention, 'user needs', 'users need')} a decision about their accounts: it is taken in the console, on the tab Users of the application.`,
      ),
    );
  return findings;
}

async function checkTarget(backend: Backend, id: string, check: string): Promise<Finding> {
  const result = await backend.call(testSchema, 'POST', `/applications/${id}/identity-management/test`);
  return result.passed ? ok(check, result.message) : problem(check, result.message);
}

/**
 * What to do about a pause follows from how the target answers now: `target` says it, and comes next. A target that answers the test
 * may still refuse what it was paused for.
 */
function pauseOf(check: string, target: Finding, { reason }: Detail): Finding {
  const paused = 'The connection is paused, and nothing is sent.';
  if (target.level !== 'ok') return problem(check, `${paused} The next line says why, and what to do.`);
  const why = reason?.message === undefined ? '' : ` Why it was paused: ${reason.message}`;
  return problem(check, `${paused}${why} The application answers now: resume the connection.`);
}

/** While the connection is paused, its reason says what is wrong. */
const checkInventory = (check: string, { inventoryError, state }: Detail): Finding[] =>
  inventoryError === null || state === 'paused'
    ? []
    : [
        warning(
          check,
          `The last reading of what the application holds could not be used. ${inventoryError.message}`,
        ),
      ];

async function checkApplication(
  backend: Backend,
  id: string,
  check: string,
  clock: Clock,
): Promise<Finding[]> {
  const status = await backend.call(detailSchema, 'GET', `/applications/${id}/status`);
  if (status.state === 'inactive') return [ok(check, 'The connection is inactive; nothing is sent.')];
  const target = await checkTarget(backend, id, check);
  return [
    ...(status.state === 'paused' ? [pauseOf(check, target, status)] : []),
    target,
    ...checkSure(check, status),
    ...checkInventory(check, status),
    ...checkWaiting(check, status),
    ...checkPending(check, status, clock),
  ];
}

/** Asks each target whose connection is not inactive; changes nothing there. */
export async function checkApplications(backend: Backend, clock: Clock): Promise<Finding[]> {
  const items = await readPages(
    (path, schema) => backend.call(schema, 'GET', path),
    '/applications',
    listedSchema,
  );
  const findings: Finding[] = [];
  for (const { id, label, sso } of items) {
    const check = `Application ${label}`;
    findings.push(...(await finding(check, () => checkApplication(backend, id, check, clock))));
    if (sso.enabled)
      findings.push(...(await finding(check, () => checkCertificate(backend, id, check, clock))));
  }
  return findings;
}
