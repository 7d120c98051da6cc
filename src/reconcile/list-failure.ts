/** Why a list could not be read. An answer is judged as if it were about one record: here it is about all of them. */
import { NOTHING_SENT_BEFORE, TARGET_CHANGED } from '../provisioning/made-sure.ts';
import type { Exchange, Failure } from '../provisioning/settlement.ts';
import type { RecordKind } from '../provisioning/facts.ts';
import type { Setback } from './conversation.ts';

/** Who has to act where the application answers a list with a refusal. */
const ADVICE: Readonly<Record<RecordKind, string>> = {
  user: 'Check the base URL and what the token may do, or ask its support.',
  group: 'Check the base URL and what the token may do, ask its support, or turn group management off.',
};

/** A page that is too large is so each time: it is for a person to make it smaller. */
const isForGood = ({ kind, failure }: Exclude<Setback, { kind: 'unsent' }>): boolean =>
  kind === 'refused' || kind === 'again' || failure.code === 'too-large';

/** The setback at a page of a list, `asked` being the request that met it. What will be asked for again stays as it is. */
export function atList(setback: Setback, kind: RecordKind, asked: Exchange | undefined): Setback {
  if (setback.kind === 'unsent' || asked === undefined) return setback;
  const question = `${asked.method} ${asked.path}`;
  if (setback.kind === 'stop') return { ...setback, failure: withQuestion(setback.failure, question) };
  if (!isForGood(setback)) return setback;
  return { kind: 'refused', failure: refusedList(setback.failure, kind, question) };
}

const withQuestion = (failure: Failure, question: string): Failure => ({
  ...failure,
  message: `${failure.message} The question was ${question}.`,
});

function refusedList(failure: Failure, kind: RecordKind, question: string): Failure {
  if (failure.code === 'too-large') return withQuestion(failure, question);
  const message = `The application answered ${question} with status ${failure.status ?? 'none'}, so that its ${kind}s cannot be read. ${ADVICE[kind]}`;
  return { ...failure, message };
}

/** While links are unsure, nothing can be sent before a list has been read: a refusal of it stops the connection. */
export function unreadable(failure: Failure): Failure {
  const message = `${failure.message} Since ${TARGET_CHANGED}, ${NOTHING_SENT_BEFORE}. Resume the connection once it can be.`;
  return { ...failure, code: 'unreadable', message };
}
