/** `rollcall api-keys create|list|revoke` */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import { roles, type Role } from '../access/roles.ts';
import { using, withBackend, type BackendOptions } from './backend.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { readPages } from './read-pages.ts';
import { table } from './table.ts';

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
const madeSchema = keySchema.extend({ key: z.string() });

interface Options extends BackendOptions {
  readonly json?: true;
}

interface CreateOptions extends Options {
  readonly name?: string;
  readonly role: Role;
  readonly expires?: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A day begins at midnight, UTC. Anything else is the API's to judge. */
const timeOf = (text: string): string => (DAY.test(text) ? `${text}T00:00:00Z` : text);

function idOf(text: string): string {
  if (z.uuid().safeParse(text).success) return text;
  throw new InvalidArgumentError('It must be the id of a key, as `rollcall api-keys list` shows it.');
}

async function create(cli: Cli, options: CreateOptions): Promise<void> {
  const today = cli.clock.now().toISOString().slice(0, 10);
  const body = {
    name: options.name ?? `command line, ${today}`,
    role: options.role,
    expiresAt: options.expires ?? null,
  };
  const made = await using(cli, options, (backend) => backend.call(madeSchema, 'POST', '/api-keys', body));
  if (options.json) {
    printJson(cli, made);
    return;
  }
  const until = made.expiresAt === null ? 'It does not expire' : `It ends at ${made.expiresAt}`;
  cli.say(`Made the ${made.role} key "${made.name}" (${made.id}). ${until}, and is shown this once:`);
  cli.print(made.key);
}

function listing(keys: readonly z.infer<typeof keySchema>[]): string {
  if (keys.length === 0) return 'There are no API keys. `rollcall api-keys create` makes one.';
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.role,
    key.createdAt,
    key.expiresAt ?? 'never',
    key.lastUsedAt ?? 'never',
  ]);
  return table([['ID', 'NAME', 'ROLE', 'MADE', 'EXPIRES', 'LAST USED'], ...rows]);
}

async function list(cli: Cli, options: Options): Promise<void> {
  const items = await using(cli, options, (backend) =>
    readPages((path, schema) => backend.call(schema, 'GET', path), '/api-keys', keySchema),
  );
  if (options.json) printJson(cli, items);
  else cli.print(listing(items));
}

async function revoke(cli: Cli, id: string, options: Options): Promise<void> {
  await using(cli, options, (backend) =>
    backend.call(z.unknown(), 'DELETE', `/api-keys/${encodeURIComponent(id)}`),
  );
  if (options.json) printJson(cli, { revoked: id });
  else cli.print('The key is revoked: the server takes it no more.');
}

const withJson = (command: Command, examples: readonly string[]): Command =>
  withBackend(command.option('--json', 'print the result as JSON')).addHelpText(
    'after',
    `\nExamples:\n${examples.map((example) => `  ${example}\n`).join('')}${EXIT_CODES_HELP}`,
  );

/** `rollcall api-keys`. */
export const registerApiKeys: Register = (program, cli) => {
  const apiKeys = program
    .command('api-keys')
    .summary('make, list and revoke API keys')
    .description('Make, list and revoke API keys.')
    .addHelpText('after', '\nExamples:\n  rollcall api-keys create --name ci\n  rollcall api-keys list\n');
  withJson(
    apiKeys.command('create').summary('make a key').description('Make a key, and print it this once.'),
    [
      'KEY=$(rollcall api-keys create --name ci)',
      'rollcall api-keys create --name reports --role read-only --expires 2030-01-31',
    ],
  )
    .option('--name <name>', 'what the key is for; without it, "command line" and the date')
    .addOption(
      new Option('--role <role>', 'what it may do').choices(roles).default('administrator' satisfies Role),
    )
    .option(
      '--expires <time>',
      'when it ends: 2030-01-31T12:00:00Z, or a day, at whose beginning (UTC) it ends',
      timeOf,
    )
    .action((options: CreateOptions) => create(cli, options));
  withJson(
    apiKeys
      .command('list')
      .summary('list the keys')
      .description('List the API keys; none can be read again.'),
    ['rollcall api-keys list', "rollcall api-keys list --json | jq -r '.[].name'"],
  ).action((options: Options) => list(cli, options));
  withJson(apiKeys.command('revoke').summary('end a key at once').description('End an API key at once.'), [
    'rollcall api-keys revoke 019f2d4e-6a50-7c11-9d3c-0b6f4a1e2c77',
  ])
    .argument('<id>', 'as `rollcall api-keys list` shows it', idOf)
    .action((id: string, options: Options) => revoke(cli, id, options));
};
