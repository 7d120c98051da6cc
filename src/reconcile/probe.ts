/** The probe: real requests that show whether a target can be provisioned with this address and this token (R3). */
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Cause, Failure } from '../provisioning/settlement.ts';
import { judgeServiceProviderConfig, serviceProviderConfigRequest } from '../scim/client/config.ts';
import { judgeGroupPage, listGroupsRequest } from '../scim/client/groups.ts';
import { judgeUserPage, listUsersRequest } from '../scim/client/users.ts';
import type { ScimReply, ScimRequest, Verdict } from '../scim/client/verdict.ts';
import type { Address, Connection } from './connection.ts';
import { Conversation, type Answer } from './conversation.ts';
import { Targets, type Observers } from './targets.ts';

/** One thing that was asked of the target. */
export interface ProbeCheck {
  readonly name: string;
  readonly passed: boolean;
  /** What was found, or what is wrong and what to do about it. */
  readonly message: string;
}

export interface ProbeResult {
  readonly passed: boolean;
  readonly message: string;
  readonly checks: readonly ProbeCheck[];
}

interface Question {
  readonly name: string;
  readonly request: ScimRequest;
  readonly judge: (reply: ScimReply) => Verdict<unknown>;
  readonly found: string;
  /** A target without this endpoint passes all the same. */
  readonly optional: boolean;
}

export interface ProbeDeps extends Pick<Observers, 'log' | 'tracing'> {
  readonly clock: Clock;
  readonly config: Pick<Config, 'requestTimeoutSeconds' | 'allowPrivateTargets'>;
}

/** Asks the target one question after another, until one fails; changes nothing there (R3). */
export async function probe(
  connection: Connection,
  address: Address,
  { clock, config, log, tracing }: ProbeDeps,
  cause: Cause,
): Promise<ProbeResult> {
  const targets = new Targets(clock, config, 0, { log, tracing });
  const target = {
    ...targets.of(connection, address),
    stop: new AbortController().signal,
    maySend: () => true,
  };
  try {
    return await askAll(
      new Conversation(target, { cause, once: true }),
      questions(connection),
      connection.application.label,
    );
  } finally {
    await targets.close();
  }
}

async function askAll(talk: Conversation, asked: readonly Question[], label: string): Promise<ProbeResult> {
  const checks: ProbeCheck[] = [];
  for (const question of asked) {
    const check = checkOf(question, await talk.ask(question.request, question.judge));
    checks.push(check);
    if (!check.passed) return { passed: false, message: check.message, checks };
  }
  return {
    passed: true,
    message: `${label} answered as it should: users${checks.length > 2 ? ' and groups' : ''} can be provisioned.`,
    checks,
  };
}

function questions({ behaviour, application }: Connection): Question[] {
  const config: Question = {
    name: 'Service provider configuration',
    request: serviceProviderConfigRequest(),
    judge: judgeServiceProviderConfig,
    found: 'The application describes itself.',
    optional: behaviour.probe.serviceProviderConfig === 'tolerate',
  };
  const page = { startIndex: 1, count: 1 };
  const users: Question = {
    name: 'Users',
    request: listUsersRequest(page),
    judge: judgeUserPage,
    found: 'The users can be read.',
    optional: false,
  };
  const groups: Question = {
    name: 'User groups',
    request: listGroupsRequest(page),
    judge: judgeGroupPage,
    found: 'The groups can be read.',
    optional: false,
  };
  return [
    ...(behaviour.probe.serviceProviderConfig === 'skip' ? [] : [config]),
    users,
    ...(application.groupManagement ? [groups] : []),
  ];
}

function checkOf(question: Question, answer: Answer<unknown>): ProbeCheck {
  const { name, found, optional } = question;
  if (answer.ok) return { name, passed: true, message: found };
  const { setback } = answer;
  if (setback.kind === 'unsent') return { name, passed: false, message: 'The question was not sent.' };
  if (optional && isAbsent(setback))
    return { name, passed: true, message: 'The application does not say; that is no hindrance.' };
  return { name, passed: false, message: inWords(setback.failure) };
}

function isAbsent(setback: { readonly kind: string; readonly failure: Failure }): boolean {
  const status = setback.failure.status;
  return setback.kind === 'again' || status === 404 || status === 501 || status === 405;
}

function inWords({ message, said }: Failure): string {
  return said === undefined ? message : `${message} The application said: ${said}`;
}
