import { join } from 'node:path';
import { Argument } from 'commander';
import type { ApiKey } from '@tributary/http';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { aligned, printable } from '../text/format.ts';

type ListedKey = Pick<ApiKey, 'id' | 'name' | 'scopes' | 'created'> & {
  readonly expires: string | null;
  readonly expired: boolean;
};

type KeyOptions = CommonOptions & {
  readonly name?: string;
  readonly scope?: string;
  readonly expires?: string;
  readonly file?: string;
};

const ACTIONS = ['create', 'list', 'revoke'];

/** Keys are in a file and not in the log: no server is needed, and one that runs reads them by itself. */
export function addKeys(add: AddCommand, context: CliContext): void {
  add('keys', 'API keys of a server: make, list and revoke them')
    .addArgument(new Argument('[action]', 'what to do').choices(ACTIONS).default('list'))
    .argument('[id]', 'id of the key (revoke)')
    .option('--name <name>', 'who uses the key; decisions are recorded in this name (create)')
    .option('--scope <scopes>', 'read, write, decide and import, separated by commas (create)')
    .option('--expires <time>', 'after so many days or hours, such as 90d or 12h (create; default: never)')
    .option('--file <file>', 'file of the keys (or TRIBUTARY_API_KEYS_FILE; default: in the data directory)')
    .action((action: string, id: string | undefined, options: KeyOptions) =>
      act(context, action, id, options),
    );
}

async function act(
  context: CliContext,
  action: string,
  id: string | undefined,
  options: KeyOptions,
): Promise<void> {
  if (options.url !== undefined)
    throw new Exit(
      EXIT.usage,
      'keys are in a file, not on a server: leave out --url, and name it with --file',
    );
  const file = options.file ?? options.environment['TRIBUTARY_API_KEYS_FILE'] ?? join(options.data, FILE);
  if (action === 'create') return create(context, file, options);
  if (action === 'revoke') return revoke(context, file, id, options);
  const { readKeys } = await import('@tributary/http');
  print(context, readKeys(file).map(listed), options);
}

/** In the data directory. */
const FILE = 'api-keys.json';

async function create(context: CliContext, file: string, options: KeyOptions): Promise<void> {
  const { changeKeys, mintKey } = await import('@tributary/http');
  const { name, scopes } = await requestOf(options);
  const now = Date.now();
  const expires = options.expires === undefined ? undefined : endOf(options.expires, now);
  const { key, kept } = mintKey({ name, scopes, created: new Date(now).toISOString(), expires });
  changeKeys(file, (keys) => [...keys, kept]);
  context.print(options.json ? `${JSON.stringify({ key, keys: [listed(kept)] })}\n` : `${key}\n`);
  if (!options.quiet)
    context.report(
      `This is the only time that the key is shown; ${file} has its hash alone. ` +
        'Send it as `Authorization: Bearer …`, or set TRIBUTARY_API_KEY for commands. Servers ask for keys with TRIBUTARY_AUTH=keys.\n',
    );
}

async function requestOf({ name, scope }: KeyOptions): Promise<Pick<ApiKey, 'name' | 'scopes'>> {
  const { keyName, SCOPES } = await import('@tributary/http');
  const named = keyName.safeParse(name);
  if (!named.success) throw new Exit(EXIT.usage, `--name: ${named.error.issues[0]?.message}`);
  const asked = (scope ?? '').split(',').map((one) => one.trim());
  const scopes = SCOPES.filter((one) => asked.includes(one));
  if (scopes.length === 0 || scopes.length !== asked.length)
    throw new Exit(
      EXIT.usage,
      `--scope ${scope ?? ''}: name some of ${SCOPES.join(', ')}, each once, separated by commas`,
    );
  return { name: named.data, scopes };
}

const MILLIS: ReadonlyMap<string, number> = new Map([
  ['d', 24 * 60 * 60 * 1_000],
  ['h', 60 * 60 * 1_000],
]);

function endOf(text: string, now: number): string {
  const [, count = '', unit = ''] = /^([1-9]\d{0,4})([dh])$/.exec(text) ?? [];
  const millis = Number(count) * (MILLIS.get(unit) ?? 0);
  if (millis === 0) throw new Exit(EXIT.usage, `--expires ${text}: write days or hours, such as 90d or 12h`);
  return new Date(now + millis).toISOString();
}

async function revoke(
  context: CliContext,
  file: string,
  id: string | undefined,
  options: KeyOptions,
): Promise<void> {
  if (id === undefined)
    throw new Exit(EXIT.usage, 'keys revoke needs the id of a key: `tributary keys list`');
  const { changeKeys } = await import('@tributary/http');
  let revoked: ApiKey | undefined;
  changeKeys(file, (keys) => {
    revoked = keys.find((key) => key.id === id);
    if (!revoked) throw new Exit(EXIT.failed, `${file} has no key ${id}`, 'unknown_key');
    return keys.filter((key) => key.id !== id);
  });
  print(context, revoked ? [listed(revoked)] : [], options);
  if (!options.quiet) context.report('Servers of this file refuse it within a second.\n');
}

const listed = ({ id, name, scopes, created, expires }: ApiKey): ListedKey => ({
  id,
  name,
  scopes,
  created,
  expires: expires ?? null,
  expired: expires !== undefined && Date.parse(expires) <= Date.now(),
});

/** schemas/answers/keys.json */
function print(context: CliContext, keys: readonly ListedKey[], { json }: KeyOptions): void {
  context.print(`${json ? JSON.stringify({ keys }) : keysText(keys)}\n`);
}

function keysText(keys: readonly ListedKey[]): string {
  if (keys.length === 0) return 'no API keys';
  const columns = ['id', 'name', 'scopes', 'created', 'expires'].map((title) => ({ title }));
  const rows = keys.map(({ id, name, scopes, created, expires, expired }) => [
    id,
    printable(name),
    scopes.join(','),
    created.slice(0, 10),
    `${expires?.slice(0, 10) ?? 'never'}${expired ? ' (expired)' : ''}`,
  ]);
  return aligned(columns, rows);
}
