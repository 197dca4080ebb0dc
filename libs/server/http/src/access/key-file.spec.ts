import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mintKey } from './api-key.ts';
import { changeKeys, readKeys } from './key-file.ts';
import { openAccess } from './open-access.ts';
import { watchKeys } from './watched-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const newFile = (): string => join(folder, `${(made += 1)}.json`);
const created = '2026-11-30T00:00:00.000Z';
const newKey = (name = 'ada') => mintKey({ name, scopes: ['read'], created }).kept;
const without = (id: string) => (keys: ReturnType<typeof readKeys>) => keys.filter((key) => key.id !== id);

describe('a file of keys', () => {
  it('has what was added and not removed, for its owner alone', () => {
    const file = newFile();
    const [first, second] = [newKey(), newKey('eve')];
    expect(readKeys(file)).toEqual([]);
    changeKeys(file, (keys) => [...keys, first]);
    changeKeys(file, (keys) => [...keys, second]);
    changeKeys(file, without(first.id));
    expect(readKeys(file)).toEqual([second]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is not changed by two commands at once, nor by one that fails', () => {
    const file = newFile();
    changeKeys(file, () => [newKey()]);
    const before = readKeys(file);
    changeKeys(file, (keys) => {
      expect(() => changeKeys(file, () => [])).toThrow(expect.objectContaining({ code: 'api_keys_busy' }));
      return keys;
    });
    expect(() =>
      changeKeys(file, () => {
        throw new Error('a reason');
      }),
    ).toThrow('a reason');
    expect(readKeys(file)).toEqual(before);
    changeKeys(file, () => []);
    expect(readKeys(file)).toEqual([]);
  });

  it.each([
    ['half of one', '{"version":1,"keys":[{"id":"0'],
    ['another version', '{"version":2,"keys":[]}'],
    ['a key without scopes', JSON.stringify({ version: 1, keys: [{ ...newKey(), scopes: [] }] })],
    ['an unknown scope', JSON.stringify({ version: 1, keys: [{ ...newKey(), scopes: ['admin'] }] })],
    ['a short hash', JSON.stringify({ version: 1, keys: [{ ...newKey(), sha256: 'ab' }] })],
    ['a name with a control character', JSON.stringify({ version: 1, keys: [newKey('a\u001b')] })],
  ])('is refused with its path where it has %s', (_what, text) => {
    const file = newFile();
    writeFileSync(file, text);
    expect(() => readKeys(file)).toThrow(
      expect.objectContaining({ code: 'api_keys_unreadable', message: expect.stringContaining(file) }),
    );
  });
});

describe('keys that come and go', () => {
  /** Keys watched by a clock that a test moves. */
  function watched(file: string) {
    const state = { now: 0, reports: [] as string[] };
    const keys = watchKeys(
      file,
      () => state.now,
      (text) => void state.reports.push(text),
    );
    const later = (by = 1_000) => (state.now += by);
    return { keys, reports: state.reports, later };
  }

  it('are known and unknown within a second, also where a mounted secret is exchanged by a link', () => {
    const file = newFile();
    const [first, second] = [newKey(), newKey()];
    const { keys, later } = watched(file);
    expect(keys.isEmpty()).toBe(true);
    changeKeys(file, () => [first]);
    later();
    expect(keys.find(first.id)).toEqual(first);
    const other = newFile();
    changeKeys(other, () => [second]);
    rmSync(file);
    later();
    expect(keys.isEmpty()).toBe(true);
    symlinkSync(other, file);
    later();
    expect([keys.find(first.id), keys.find(second.id)]).toEqual([undefined, second]);
  });

  it('stay what they were while the file cannot be read, which is said once', () => {
    const file = newFile();
    const key = newKey();
    changeKeys(file, () => [key]);
    const { keys, reports, later } = watched(file);
    writeFileSync(file, '{');
    later();
    expect(keys.find(key.id)).toEqual(key);
    later();
    expect(keys.find(key.id)).toEqual(key);
    expect(reports).toEqual([expect.stringContaining('the keys of before go on')]);
    changeKeysAnew(file);
    later();
    expect(keys.isEmpty()).toBe(true);
  });

  it('are looked at again where the clock is set back', () => {
    const file = newFile();
    const key = newKey();
    changeKeys(file, () => [key]);
    const { keys, later } = watched(file);
    later(3_600_000);
    expect(keys.find(key.id)).toEqual(key);
    changeKeysAnew(file);
    later(-3_600_000);
    expect(keys.isEmpty()).toBe(true);
  });

  const changeKeysAnew = (file: string): void => writeFileSync(file, '{"version":1,"keys":[]}');
});

describe('a start', () => {
  const full = newFile();
  changeKeys(full, () => [newKey()]);
  const empty = newFile();

  const opened = (host: string, auth: 'none' | 'keys' | undefined, keysFile: string | undefined) => {
    const reports: string[] = [];
    const address = { host, port: 0 };
    const report = (text: string) => void reports.push(text);
    try {
      const authenticator = openAccess({ address, auth, keysFile, now: Date.now, report });
      return authenticator ? ['asks for keys', ...reports.map(() => 'says that there are none')] : ['open'];
    } catch (error) {
      return [error instanceof Error && 'code' in error ? error.code : error];
    }
  };

  it.each([
    ['127.0.0.1', undefined, empty, ['open']],
    ['127.0.0.1', undefined, full, ['open']],
    ['127.0.0.1', 'keys', full, ['asks for keys']],
    ['127.0.0.1', 'keys', empty, ['asks for keys', 'says that there are none']],
    ['localhost', undefined, undefined, ['open']],
    ['::1', undefined, undefined, ['open']],
    ['0.0.0.0', undefined, empty, ['keys_missing']],
    ['0.0.0.0', undefined, undefined, ['keys_missing']],
    ['::', undefined, empty, ['keys_missing']],
    ['192.0.2.1', undefined, undefined, ['keys_missing']],
    ['localhost.example', undefined, empty, ['keys_missing']],
    ['0.0.0.0', undefined, full, ['asks for keys']],
    ['0.0.0.0', 'keys', full, ['asks for keys']],
    ['0.0.0.0', 'keys', undefined, ['keys_missing']],
    ['0.0.0.0', 'none', full, ['open']],
    ['0.0.0.0', 'none', undefined, ['open']],
  ] as const)('on %s with TRIBUTARY_AUTH=%s', (host, auth, keysFile, outcome) => {
    expect(opened(host, auth, keysFile)).toEqual(outcome);
  });
});
