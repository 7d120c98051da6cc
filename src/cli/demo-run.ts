/** What one demo runs with. */
import type { Cli } from './cli.ts';
import type { JsonClient } from './demo-http.ts';
import type { SandboxControl } from './demo-sandbox.ts';
import type { Screen } from './demo-show.ts';
import type { Stage } from './demo-stage.ts';

export interface Run {
  readonly cli: Cli;
  readonly screen: Screen;
  readonly stage: Stage;
  readonly api: JsonClient;
  readonly sandbox: SandboxControl;
  /** Between two events. */
  readonly pauseMs: number;
}
