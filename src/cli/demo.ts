/** `rollcall demo`: a company's people and groups, provisioned into the Segment sandbox, from an empty database. */
import type { Cli, Register } from './cli.ts';
import { leftAlone } from './demo-check.ts';
import { readComparison, showComparison, showEnding, showWhatNext, type Comparison } from './demo-closing.ts';
import { directoryOf } from './demo-directory.ts';
import { jsonClient, type JsonClient } from './demo-http.ts';
import { connectSegment, loadCompany, provision, type Opening } from './demo-opening.ts';
import { sandboxControl } from './demo-sandbox.ts';
import { scenes, type Props } from './demo-scenes.ts';
import { Screen, seconds } from './demo-show.ts';
import { setStage, type Stage } from './demo-stage.ts';
import { playScene, type Delay, type Tour } from './demo-tour.ts';
import { EXIT } from './exit.ts';
import { aborted, stopSignal } from './signals.ts';

const INTRODUCTION =
  'Marigold sells flowers online. Its people and groups live in the directory of Rollcall, which keeps Segment in line with it. Segment is played by a sandbox on this machine, which behaves as Segment’s papers say; nothing leaves this machine.';

const HELP = `
It uses a fresh embedded database, which it removes at the end, and free ports; PORT sets the one of the API. Everything is
done over the HTTP API, as an administrator or a program would.

Exit codes with --exit:
  0  the sandbox holds exactly what the directory asks for
  1  it does not, or the demo failed`;

async function setUp(cli: Cli, screen: Screen): Promise<Stage> {
  const started = cli.clock.monotonic();
  screen.title('Rollcall: a company’s people and groups, provisioned into Segment');
  screen.line();
  screen.prose(INTRODUCTION);
  screen.heading('Starting');
  const stage = await setStage(cli);
  const took = seconds(cli.clock.monotonic() - started);
  screen.notes('Rollcall', [`${stage.url}  on a fresh embedded database, ${took}`]);
  screen.notes('Segment', [`${stage.segmentUrl}  the sandbox, empty`]);
  return stage;
}

async function playAll(tour: Tour): Promise<Delay[]> {
  const delays: Delay[] = [];
  for (const scene of scenes) delays.push(await playScene(tour, scene, delays.length + 1));
  return delays;
}

interface Shown {
  readonly api: JsonClient;
  /** Segment holds what it should, before the tour and after it. */
  readonly good: boolean;
}

/** Everything from the empty directory to the summary. */
async function play(cli: Cli, screen: Screen, stage: Stage): Promise<Shown> {
  const started = cli.clock.monotonic();
  const api = jsonClient(`${stage.url}/api/v1`, { authorization: `Bearer ${stage.apiKey}` });
  const sandbox = sandboxControl(jsonClient(`${stage.segmentUrl}/_control`));
  const opening: Opening = { cli, screen, stage, api, sandbox };
  const groups = await loadCompany(opening);
  const application = await connectSegment(opening);
  await provision(opening, application, groups);
  const left = leftAlone();
  const compared = (): Promise<Comparison> => readComparison(api, sandbox, application, left);
  const first = await compared();
  showComparison(screen, first);
  const props: Props = { directory: directoryOf(api), application, sandbox, left };
  const delays = await playAll({ cli, screen, api, props, names: new Map() });
  const last = await compared();
  screen.heading('What Segment holds now, against the directory');
  showComparison(screen, last);
  const planned = await application.planned();
  const { requests } = await sandbox.summary();
  const tookMs = cli.clock.monotonic() - started;
  const good = showEnding(screen, { ...last, planned, delays, requests, tookMs });
  return { api, good: good && first.differences.length === 0 };
}

/** Until Ctrl-C. Answers whether all was as it should be; null where it was stopped before its end. */
async function show(cli: Cli, screen: Screen, exit: boolean, signal: AbortSignal): Promise<boolean | null> {
  const stage = await setUp(cli, screen);
  const stopped = aborted(signal).then(() => null);
  const playing = play(cli, screen, stage);
  // Where the demo is stopped in the middle, its requests fail, and nobody needs to hear of it.
  playing.catch(() => undefined);
  try {
    const shown = await Promise.race([playing, stopped]);
    if (shown !== null && !exit) {
      await showWhatNext(screen, stage, shown.api);
      await stopped;
    }
    return shown?.good ?? null;
  } finally {
    await stage.close();
  }
}

async function run(cli: Cli, exit: boolean): Promise<void> {
  const stop = stopSignal();
  const colours = process.stdout.isTTY && process.stdout.hasColors(16, { ...cli.env });
  const screen = new Screen(cli.print, colours);
  try {
    const good = await show(cli, screen, exit, stop.signal);
    if (good === null) screen.line('Stopped before its end.');
    if (good === false || (exit && good === null)) cli.setExitCode(EXIT.failed);
  } finally {
    stop.release();
  }
}

export const registerDemo: Register = (program, cli) => {
  program
    .command('demo')
    .summary('show what Rollcall does, with a sample company and a stand-in for Segment')
    .description(
      'Show what Rollcall does: provision a sample company into a stand-in for Segment, and play its life.',
    )
    .option('--exit', 'end after the tour, with an exit code that says whether all is right')
    .addHelpText('after', HELP)
    .action((options: { exit?: true }) => run(cli, options.exit ?? false));
};
