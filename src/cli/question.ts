/** A question to whoever sits at the terminal. */
import { createInterface } from 'node:readline';

/** Whether the answer was yes. Who ends the input instead (Ctrl-D), or breaks off (Ctrl-C), has not agreed. */
export function isAgreed(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  const terminal = createInterface({ input, output });
  return new Promise((resolve) => {
    terminal.once('close', () => resolve(false));
    terminal.question(question, (answer) => {
      resolve(/^y(es)?$/i.test(answer.trim()));
      terminal.close();
    });
  });
}
