/** The message at the end of an import. */
import { count, written } from '../count.ts';
import type { OwedMail } from '../store/import-mail.ts';
import type { Message } from './mailer.ts';

function failureLines({ counts, failures }: OwedMail): string {
  if (counts.failed === 0) return '';
  const lines = failures.map(
    ({ error, name }) => `- ${name}: ${error === null ? '' : `${error.path} ${error.message}`}`,
  );
  const rest = counts.failed - failures.length;
  const more = rest > 0 ? [`and ${written(rest)} more.`] : [];
  return `\nWhat failed:\n\n${[...lines, ...more].join('\n')}\n\nCorrect them there, and try them again.\n`;
}

const endOf = ({ counts: { cancelled } }: OwedMail): string =>
  cancelled > 0 ? 'was cancelled' : 'is complete';

const cancelledLine = ({ counts: { cancelled } }: OwedMail): string =>
  cancelled > 0 ? `Not made, because it was cancelled: ${written(cancelled)}\n` : '';

/** An import is done: the counts, what failed, and where to see all of it. */
export const importMail = (mail: OwedMail): Message => ({
  to: mail.to,
  subject: `Import from ${mail.application} ${endOf(mail)}: ${count(mail.counts.created + mail.counts.linked, 'user')} imported, ${written(mail.counts.failed)} failed`,
  text: `The import of ${count(mail.counts.total, 'user')} from ${mail.application} ${endOf(mail)}.

Made in the directory: ${written(mail.counts.created)}
Linked to people of the directory: ${written(mail.counts.linked)}
Imported before: ${written(mail.counts.unchanged)}
Failed: ${written(mail.counts.failed)}
${cancelledLine(mail)}${failureLines(mail)}
${mail.link}
`,
});
