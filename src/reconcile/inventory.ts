/** Reading a target from end to end and comparing it with the links: what is missing, what changed, what is unknown. */
import { uuidv7 } from 'uuidv7';
import { count, written } from '../count.ts';
import { isImplausible } from '../provisioning/implausible.ts';
import { TARGET_CHANGED } from '../provisioning/made-sure.ts';
import type { EventWrite, Failure, RecordError } from '../provisioning/settlement.ts';
import type { RecordKind } from '../provisioning/facts.ts';
import type { Tx } from '../store/database.ts';
import { databaseTime } from '../store/database-time.ts';
import { insertEvents } from '../store/events.ts';
import { endInventory, finishInventory } from '../store/inventory-due.ts';
import {
  correctDifferences,
  countDifferences,
  INVENTORY_CAUSE,
  reportDifferences,
  type InventoryCounts,
  type Reading,
} from '../store/inventory.ts';
import { holdLane } from '../store/lease.ts';
import { areLinksUnsure, forgetUnshown, makeLinksSure } from '../store/unsure-links.ts';
import type { Setback } from './conversation.ts';
import { mayReadMembers, readMembers } from './inventory-members.ts';
import { readHidden, readList, readMissing, readUnmanaged, type ReadingOptions } from './inventory-read.ts';
import { unreadable } from './list-failure.ts';
import { endRoster, rosterBegins, rosterFailed } from './roster.ts';

/** A reading that could not be finished is tried again after so many hours. */
const RETRY_HOURS = 0.25;

/** Reads and compares everything. Answers the failure that stops the connection, or null. */
export async function runInventory(options: ReadingOptions): Promise<Failure | null> {
  const { db, lease, connection } = options;
  const reading: Reading = {
    applicationId: lease.applicationId,
    id: uuidv7(),
    startedAt: await databaseTime(db),
  };
  const kinds: RecordKind[] = connection.application.groupManagement ? ['user', 'group'] : ['user'];
  const unsure = await areLinksUnsure(db, lease.applicationId);
  const compared: Compared[] = [];
  for (const kind of kinds) {
    const setback = await readRecords(options, reading, kind, unsure);
    if (setback !== null) return giveUp(options, reading, setback, unsure);
    if (!unsure && !(await compare(options, reading, kind, compared))) return null;
  }
  const sentences = unsure ? await makeSure(options, reading) : [];
  if (unsure) for (const kind of kinds) if (!(await compare(options, reading, kind, compared))) return null;
  sentences.unshift(...compared.map(({ sentence }) => sentence));
  if (mayReadMembers(connection) && compared.every(({ isPlausible }) => isPlausible)) {
    const members = await readMembers(options, reading);
    if (typeof members !== 'number') return giveUp(options, reading, members, false);
    if (members > 0)
      sentences.push(
        `${count(members, 'group has', 'groups have')} other members, reported and left as they are`,
      );
  }
  const sentence = `Read what the application holds: ${sentences.join('; ')}`;
  const error = compared.map(({ disbelief }) => disbelief).find((one) => one !== null) ?? null;
  const { inventoryHours: hours } = connection.behaviour;
  const { startedAt } = reading;
  await log(options, { outcome: error === null ? 'done' : 'stopped', sentence }, (tx) =>
    finishInventory(tx, lease, { hours, error, startedAt }),
  );
  return null;
}

/** Reads the users, of whom a roster is made too, or the groups. Answers what kept it from their end, or null. */
async function readRecords(
  options: ReadingOptions,
  reading: Reading,
  kind: RecordKind,
  unsure: boolean,
): Promise<Setback | null> {
  if (kind === 'user') await rosterBegins(options);
  const setback =
    (await readList(options, reading, kind)) ??
    (await readMissing(options, reading, kind)) ??
    (kind === 'user' ? await readUnlisted(options, reading, unsure) : null);
  if (kind === 'user')
    await (setback === null ? endRoster(options, reading) : rosterFailed(options, setback));
  return setback;
}

/** Asks for users whose links depend on whether they are there, beside those who are compared. */
async function readUnlisted(
  options: ReadingOptions,
  reading: Reading,
  unsure: boolean,
): Promise<Setback | null> {
  return (await readUnmanaged(options, reading)) ?? (unsure ? await readHidden(options, reading) : null);
}

/**
 * Makes the links sure, all at once, by forgetting those of other records; groups that are not managed are not read, so that none of
 * theirs is. Nothing of it is done where the connection was turned off meanwhile. Answers what is to be said of it.
 */
async function makeSure({ db, lease }: ReadingOptions, reading: Reading): Promise<string[]> {
  const forgotten = await db.transaction().execute(async (tx) => {
    if ((await holdLane(tx, lease)) !== 'active') return 0;
    const unshown = await forgetUnshown(tx, reading);
    await makeLinksSure(tx, lease.applicationId);
    return unshown;
  });
  const what = count(forgotten, 'record that was known is', 'records that were known are');
  return forgotten === 0
    ? []
    : [`since ${TARGET_CHANGED}, ${what} not here by id and name, and matched by name anew`];
}

interface Compared {
  readonly sentence: string;
  /** What the target shows is to be believed. */
  readonly isPlausible: boolean;
  /** Why it is not; null also where it is only not more so than what was compared before. */
  readonly disbelief: RecordError | null;
}

/**
 * Compares what was read and adds what came of it to `compared`: where the users are not to be believed, neither are the groups that they
 * are members of. All under the lane, or what its next holder reads would be forgotten. False where the connection was stopped
 * meanwhile: nothing is done then, and the reading begins anew.
 */
async function compare(
  { db, lease, connection }: ReadingOptions,
  reading: Reading,
  kind: RecordKind,
  compared: Compared[],
): Promise<boolean> {
  const wasPlausible = compared.every((one) => one.isPlausible);
  return db.transaction().execute(async (tx) => {
    if ((await holdLane(tx, lease)) !== 'active') return false;
    const counts = await countDifferences(tx, reading, kind);
    const { missing } = counts;
    const linked = counts.seen - counts.unknown + missing;
    const implausible = isImplausible({ missing, linked }, connection.threshold);
    const isPlausible = wasPlausible && !implausible;
    const correct = connection.behaviour.drift === 'correct' && isPlausible;
    await (correct ? correctDifferences(tx, reading, kind) : reportDifferences(tx, reading, kind));
    compared.push({ ...inWords(kind, counts, { implausible, correct }), isPlausible });
    return true;
  });
}

/** What is said of it, and why it is not believed, where it is not. */
function inWords(
  kind: RecordKind,
  counts: InventoryCounts,
  { implausible, correct }: { readonly implausible: boolean; readonly correct: boolean },
): Omit<Compared, 'isPlausible'> {
  const found = countsInWords(kind, counts);
  if (implausible) return { sentence: `${found}, ${TOO_MUCH}`, disbelief: tooLittle(kind, counts) };
  const differs = counts.missing + counts.changed > 0;
  return {
    sentence: differs && !correct ? `${found}, reported and left as they are` : found,
    disbelief: null,
  };
}

function tooLittle(kind: RecordKind, { missing, seen, unknown }: InventoryCounts): RecordError {
  const message = `The application does not show ${written(missing)} of the ${count(seen - unknown + missing, kind)} that Rollcall knows there, which is too much to believe: nothing is corrected. Check the application, then run a full sync. If it is true, raise “People who may leave at once” before, and set it back afterwards.`;
  return { code: 'not-believed', message, retrying: false };
}

const TOO_MUCH =
  'which is too much to believe: check the application, nothing is corrected. If it is true, raise “People who may leave at once” of the connection, run a full sync, and set it back';

function countsInWords(kind: RecordKind, { seen, unknown, missing, changed }: InventoryCounts): string {
  return `${count(seen, kind)}, of which ${written(unknown)} unknown; ${written(missing)} missing, ${written(changed)} changed`;
}

/** `unsure`: nothing can be sent before the reading has come to its end, so that a refusal is for a person to look at. */
async function giveUp(
  options: ReadingOptions,
  { startedAt }: Reading,
  setback: Setback,
  unsure: boolean,
): Promise<Failure | null> {
  if (setback.kind === 'unsent') return null;
  const failure = unsure && setback.kind === 'refused' ? unreadable(setback.failure) : setback.failure;
  const said = failure.said === undefined ? '' : ` It said: "${failure.said}".`;
  const sentence = `Could not read what the application holds: ${failure.message}${said} Nothing was compared.`;
  const retrying = setback.kind === 'later';
  await log(options, { outcome: retrying ? 'later' : 'refused', sentence }, (tx) =>
    endInventory(tx, options.lease, { hours: RETRY_HOURS, error: { ...failure, retrying }, startedAt }),
  );
  return setback.kind === 'stop' || (unsure && setback.kind === 'refused') ? failure : null;
}

/** Writes how the reading ended, and that into the log. */
async function log(
  { db, connection }: ReadingOptions,
  event: Pick<EventWrite, 'outcome' | 'sentence'>,
  end: (tx: Tx) => Promise<void>,
): Promise<void> {
  const { id, label: name } = connection.application;
  const subject = { kind: 'application', id, name } as const;
  await db.transaction().execute(async (tx) => {
    await end(tx);
    await insertEvents(tx, id, [{ ...event, subject, operation: 'inventory', cause: INVENTORY_CAUSE }]);
  });
}
