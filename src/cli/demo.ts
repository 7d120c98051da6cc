/** `rollcall demo`: a company's people and groups, provisioned into the Segment sandbox, from an empty database. */
import type { Cli, Register } from './cli.ts';
import { leftAlone } from './demo-check.ts';
import { readComparison, showComparison, showEnding, showWhatNext, type Comparison } from './demo-closing.ts';
import { directoryOf } from './demo-directory.ts';
import { jsonClient } from './demo-http.ts';
import { connectSegment, loadCompany, provision, showLeftOut } from './demo-opening.ts';
import type { Run } from './demo-run.ts';
import { sandboxControl } from './demo-sandbox.ts';
import { showSignIn } from './demo-sign-in.ts';
import { scenes, type Props } from './demo-scenes.ts';
import { Screen, seconds } from './demo-show.ts';
import { setStage, type Stage } from './demo-stage.ts';
import { playScene, type Delay, type Tour } from './demo-tour.ts';
import { EXIT } from './exit.ts';
import { aborted, stopSignal } from './signals.ts';

const INTRODUCTION =
  "Marigold sells flowers online. Its people and groups live in the directory of Rollcall, which keeps Segment in line with it. Segment is played by a sandbox that does what Segment's papers say, and lists on its page where it has to guess; nothing leaves this machine.";

const LIFE =
  'For each event: what is asked of Rollcall, what Rollcall then sends to Segment, and what Segment holds so many milliseconds later. Names in {braces} stand for ids.';

/** Who goes to Segment with a browser. */
const SIGNS_IN = 'lucia.romero@marigold.example';

/** So that a person can read along. */
const PAUSE_MS = 700;

const HELP = `
It uses a fresh embedded database, which it removes at the end, and free ports; PORT sets the one of the API. Everything is
done over the HTTP API, as an administrator or a program would.

Exit codes with --exit:
  0  the sandbox holds exactly what the directory asks for
  1  it does not, or the demo failed`;

async function setUp(cli: Cli, screen: Screen): Promise<Stage> {
  const started = cli.clock.monotonic();
  screen.line();
  screen.title("Rollcall: a company's people and groups, provisioned into Segment");
  screen.line();
  screen.prose(INTRODUCTION);
  screen.heading('Starting');
  const stage = await setStage(cli);
  const took = seconds(cli.clock.monotonic() - started);
  screen.notes('Rollcall', [`${stage.url}  on a fresh embedded database, ${took}`]);
  screen.notes('Segment', [`${stage.segmentUrl}  the sandbox, empty`]);
  return stage;
}

async function playAll(tour: Tour, pauseMs: number): Promise<Delay[]> {
  tour.screen.heading('The life of a company');
  tour.screen.prose(LIFE);
  const delays: Delay[] = [];
  for (const scene of scenes) {
    delays.push(await playScene(tour, scene, delays.length + 1));
    await tour.cli.clock.sleep(pauseMs);
  }
  return delays;
}

/** From the empty directory to the summary. Answers whether Segment held what it should, before the events and after. */
async function play(run: Run): Promise<boolean> {
  const { api, cli, sandbox, screen } = run;
  const started = cli.clock.monotonic();
  const groups = await loadCompany(run);
  const application = await connectSegment(run);
  await provision(run, application, groups);
  const left = leftAlone();
  const compared = (): Promise<Comparison> => readComparison(api, sandbox, application, left);
  const first = await compared();
  showComparison(screen, first);
  await showLeftOut(run, application);
  const isIn = await showSignIn(run, SIGNS_IN);
  const props: Props = { directory: directoryOf(api), application, sandbox, left };
  const delays = await playAll({ cli, screen, api, props, names: new Map() }, run.pauseMs);
  const last = await compared();
  showComparison(screen, last);
  const planned = await application.planned();
  const { requests } = await sandbox.summary();
  const tookMs = cli.clock.monotonic() - started;
  const good = showEnding(screen, { ...last, planned, delays, requests, tookMs });
  return good && isIn && first.differences.length === 0;
}

interface Ways {
  readonly exit: boolean;
  readonly signal: AbortSignal;
}

/** Until Ctrl-C, or to its end. Answers whether all was as it should be; null where it was stopped before that. */
async function show(cli: Cli, screen: Screen, { exit, signal }: Ways): Promise<boolean | null> {
  const stage = await setUp(cli, screen);
  const api = jsonClient(`${stage.url}/api/v1`, { authorization: `Bearer ${stage.apiKey}` });
  const sandbox = sandboxControl(jsonClient(`${stage.segmentUrl}/_control`));
  const stopped = aborted(signal).then(() => null);
  const playing = play({ cli, screen, stage, api, sandbox, pauseMs: exit || !cli.watched ? 0 : PAUSE_MS });
  // Where the demo is stopped in the middle, its requests fail, and nobody needs to hear of it.
  playing.catch(() => undefined);
  try {
    const good = await Promise.race([playing, stopped]);
    if (good !== null && !exit) {
      await showWhatNext(screen, stage, api);
      await stopped;
    }
    return good;
  } finally {
    await stage.close();
  }
}

async function run(cli: Cli, exit: boolean): Promise<void> {
  const { signal, release } = stopSignal();
  const colours = process.stdout.isTTY && process.stdout.hasColors(16, { ...cli.env });
  const print = (line: string): void => {
    if (!signal.aborted) cli.print(line);
  };
  try {
    const good = await show(cli, new Screen(print, colours), { exit, signal });
    if (signal.aborted) cli.print('\nStopped, and the data is removed.');
    if (good === false || (exit && good === null)) cli.setExitCode(EXIT.failed);
  } finally {
    release();
  }
}

/** `rollcall demo`. */
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
