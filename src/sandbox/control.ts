/**
 * `/_control`: for tests to look in, to prepare and to misbehave. JSON in and out; no token; never subject to faults.
 * A refusal is `{ status, detail, errors: [{ path, message }] }`, and nothing was changed.
 *
 * - `GET /state` → StateView; `GET /summary` → how many of each
 * - `GET /members/{id or email}` → MemberView, or 404 for who is not in the workspace
 * - `POST /reset` `{ keep?: ('token' | 'behaviour' | 'saml')[] }` → 204: empty, as just started; the Customer ID stays
 * - `POST /tokens` → 201 `{ token, createdAt }`; the one before stops working
 * - `GET /behaviour` → `{ behaviour: { userUpdates: 'ignore', … }, toggles: [Toggle], facts: [Fact] }`; `PATCH /behaviour` → `{ behaviour }`
 * - `GET /requests` (`?since=` sequence, `?route=POST /Users`, `?limit=`) → `{ counts: { 'POST /Users': 3, … }, total, journal: [JournalEntry] }`,
 *   oldest first; `DELETE /requests` → 204
 * - `GET /saml` → `{ customerId, acsUrl, audience, loginUrl, signOnUrl, certificate, requireSso }`;
 *   `PUT /saml` `{ signOnUrl, certificate, requireSso? }` → the same: the connection page, filled in
 * - `GET /sign-ins` → `{ signIns: [SignIn] }`, oldest first
 * - `POST /accounts` `{ email, displayName }` → 201 AccountView: an account outside the workspace;
 *   `PATCH /accounts/{id}` `{ email?, displayName? }` → AccountView: its user changed it in the app
 * - `POST /members` `{ userName, displayName? }` → 201 MemberView: somebody in the workspace whom nobody provisioned
 * - `POST /groups` `{ displayName, members?: [email] }` → 201 GroupView
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { notFound, Problem, PROBLEM_STATUS } from '../errors.ts';
import { handlers, json, type Call } from './control-handlers.ts';
import { BodyTooLarge, decoded, isForeign, readBody, send, splitTarget, type Answer } from './http.ts';
import type { World } from './world.ts';

export const CONTROL_BASE = '/_control';

const BODY_LIMIT = 16 * 1024 * 1024;

function refusal(error: unknown): Answer {
  if (!(error instanceof Problem)) throw error;
  const status = PROBLEM_STATUS[error.kind];
  return json(status, { status, detail: error.message, errors: error.errors });
}

function handle(call: Omit<Call, 'id'>, method: string, path: string): Answer {
  const [, noun = '', id] = path.split('/');
  const name = `${method} /${noun}${id ? '/' : ''}`;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  try {
    if (!handler) throw notFound(`${method} ${CONTROL_BASE}${path}`);
    return handler({ ...call, id: decoded(id ?? '') });
  } catch (error) {
    return refusal(error);
  }
}

const FOREIGN = json(403, { status: 403, detail: 'Another site may not ask.', errors: [] });

/** Answers one request under `/_control`. */
export async function answerControl(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  send(response, isForeign(request) ? FOREIGN : await answerTo(world, request));
}

async function answerTo(world: World, request: IncomingMessage): Promise<Answer> {
  const { path, query } = splitTarget(request.url ?? '');
  try {
    const body = await readBody(request, BODY_LIMIT);
    return handle({ world, query, body }, request.method ?? '', path.slice(CONTROL_BASE.length));
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    return {
      ...json(413, { status: 413, detail: error.message, errors: [] }),
      headers: { connection: 'close' },
    };
  }
}
