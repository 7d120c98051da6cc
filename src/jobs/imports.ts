/** Imports that run, batch by batch, and the mail at the end of each. */
import { setTimeout as sleep } from 'node:timers/promises';
import { importMail } from '../mail/import-mail.ts';
import { importBatch } from '../store/import-batch.ts';
import { mailFailed, mailSent, takeOwedMail, type OwedMail } from '../store/import-mail.ts';
import { IMPORTS_CHANNEL, runningImports } from '../store/imports.ts';
import { Tidying } from '../store/tidying.ts';
import type { Job, JobDeps } from './job.ts';
import { sendOwed, type Owed } from './owed-mail.ts';

/** Small enough that neither a lane nor a page waits long for what a batch has locked. */
const BATCH = 250;
/** Between two batches, in which whoever waits for the embedded database's only connection has it to themselves. */
const REST_MS = 15;

function tidyingOf({ database, log }: JobDeps): Tidying {
  return new Tidying(database.db, (error) => {
    log.warn({ err: error }, 'The tables could not be analyzed; the database does it in its own time.');
  });
}

/** A batch of each in turn, so that a small import does not wait for a large one; one that breaks is left for the next run. */
async function importAll(deps: JobDeps): Promise<void> {
  const { database, log, stopping } = deps;
  const tidying = tidyingOf(deps);
  const broken = new Set<string>();
  for (;;) {
    const ids = (await runningImports(database.db)).filter((id) => !broken.has(id));
    if (ids.length === 0) return tidying.idle();
    for (const id of ids) {
      if (stopping.aborted) return tidying.idle();
      await importBatch(database, id, BATCH).catch((error: unknown) => {
        broken.add(id);
        log.error(
          { err: error, import: id },
          'A batch of an import failed; it is tried again within a minute.',
        );
      });
      tidying.noteWritten(id, BATCH);
      if (database.kind === 'embedded') await sleep(REST_MS);
    }
  }
}

const owed: Owed<OwedMail> = {
  name: 'The message about an import',
  take: takeOwedMail,
  message: importMail,
  sent: mailSent,
  failed: mailFailed,
  about: ({ attempt, importId }) => ({ import: importId, attempt }),
};

/**
 * Works on imports until none is left, and tells whoever started them. It runs as soon as one is made, at every start, and each
 * minute, so that whatever another process left is taken up (R33).
 */
export const imports: Job = {
  name: 'imports',
  cron: '* * * * *',
  atStart: true,
  wakeOn: IMPORTS_CHANNEL,
  run: async (deps) => {
    await importAll(deps);
    await sendOwed(deps, owed);
  },
};
