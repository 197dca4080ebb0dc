import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-keys-'));
const data = join(folder, 'data');
mkdirSync(data);
afterAll(() => rmSync(folder, { recursive: true }));

const schema = readFileSync(join(import.meta.dirname, '../../../schemas/answers/keys.json'), 'utf8');
const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema));

type Answer = {
  readonly key?: string;
  readonly keys: readonly { readonly id: string; readonly name: string; readonly expires: string | null }[];
};

async function keys(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const [out, err]: string[][] = [[], []];
  const code = await run(['node', 'tributary', 'keys', ...words], {
    print: (text) => void out?.push(text),
    report: (text) => void err?.push(text),
    interactive: false,
    directory: data,
    environment,
    onSignal: () => undefined,
    exitNow: () => undefined,
  });
  return { code, out: out?.join('') ?? '', err: err?.join('') ?? '' };
}

async function answer(...words: string[]): Promise<Answer> {
  const { out } = await keys([...words, '--json']);
  const value = JSON.parse(out);
  expect(valid(value) ? undefined : valid.errors).toBeUndefined();
  return value;
}

const FILE = join(data, 'api-keys.json');

it('shows a key once, and keeps only what is needed to know it again', async () => {
  const { out, err } = await keys([
    'create',
    '--name',
    'trainer',
    '--scope',
    'write,read',
    '--expires',
    '90d',
  ]);
  expect(out).toMatch(/^trb_[0-9a-f]{16}_[\w-]{43}\n$/);
  expect(err).toContain('the only time');
  expect(readFileSync(FILE, 'utf8')).not.toContain(out.trim().slice(-43));
  expect(err).not.toContain(out.trim().slice(-43));
  expect(statSync(FILE).mode & 0o777).toBe(0o600);
  const listed = await keys(['list']);
  expect(listed.out).toMatch(/trainer +read,write +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d\n$/);
  expect(listed.out).not.toContain(out.trim().slice(-43));
});

it('lists, and revokes by id, in JSON too', async () => {
  const { key, keys: made } = await answer('create', '--name', 'ada', '--scope', 'decide');
  const [one] = made;
  expect(key).toContain(one?.id);
  expect(one).toMatchObject({ name: 'ada', scopes: ['decide'], expires: null, expired: false });
  expect((await answer('list')).keys.map(({ name }) => name)).toEqual(['trainer', 'ada']);
  expect((await answer('revoke', one?.id ?? '')).keys).toEqual(made);
  expect((await answer('list')).keys.map(({ name }) => name)).toEqual(['trainer']);
});

it('works on the file that it is given, by an option or by the environment', async () => {
  const [named, byEnvironment] = [join(folder, 'a.json'), join(folder, 'b.json')];
  await keys(['create', '--name', 'x', '--scope', 'read', '--file', named]);
  await keys(['create', '--name', 'y', '--scope', 'read'], { TRIBUTARY_API_KEYS_FILE: byEnvironment });
  expect(readFileSync(named, 'utf8')).toContain('"name": "x"');
  expect(readFileSync(byEnvironment, 'utf8')).toContain('"name": "y"');
});

describe('what is asked wrongly', () => {
  it.each([
    [['create', '--scope', 'read'], '--name'],
    [['create', '--name', 'a\u001b', '--scope', 'read'], 'alphanumeric characters'],
    [['create', '--name', 'a'], 'name some of read, write, decide, import'],
    [['create', '--name', 'a', '--scope', 'read,admin'], 'name some of'],
    [['create', '--name', 'a', '--scope', 'read,read'], 'each once'],
    [['create', '--name', 'a', '--scope', 'read', '--expires', 'soon'], 'such as 90d or 12h'],
    [['create', '--name', 'a', '--scope', 'read', '--expires', '0d'], 'such as 90d or 12h'],
    [['revoke'], 'needs the id'],
    [['list', '--url', 'http://127.0.0.1:4800'], 'leave out --url'],
  ])('%j is a wrong use, and nothing is written', async (words, text) => {
    const before = readFileSync(FILE, 'utf8');
    const { code, out, err } = await keys(words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(text);
    expect(readFileSync(FILE, 'utf8')).toBe(before);
  });

  it('an unknown key is refused by its code', async () => {
    const { code, out } = await keys(['revoke', '0000000000000000', '--json']);
    expect([code, JSON.parse(out)]).toMatchObject([1, { refusal: 'unknown_key' }]);
  });
});
