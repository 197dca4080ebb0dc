import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { keepPrivate, useUmask } from './folder-permissions.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-permissions-'));
afterAll(() => rmSync(root, { recursive: true }));

let made = 0;
const newFolder = (): string => join(root, `${(made += 1)}`);
const modeOf = (path: string): number => lstatSync(path).mode & 0o777;

/** The path of every file and folder below one, with its mode. */
const modesIn = (folder: string): ReadonlyMap<string, number> =>
  new Map(
    ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map((path) => [
      path,
      modeOf(join(folder, path)),
    ]),
  );

const mode = fc.integer({ min: 0, max: 0o77 }).map((others) => 0o700 | others);
const umask = fc.constantFrom(0o077, 0o027, 0o007, 0o022);

function makeTree(folder: string, modes: readonly (readonly [folderMode: number, fileMode: number])[]): void {
  mkdirSync(folder);
  for (const [index, [folderMode, fileMode]] of modes.entries()) {
    const inner = join(folder, `${index % 3}`);
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, `file-${index}`), '');
    chmodSync(join(inner, `file-${index}`), fileMode);
    chmodSync(inner, folderMode);
  }
}

it('takes exactly the permissions that the umask names, from a folder that has them and from all in it', () => {
  const trees = fc.array(fc.tuple(mode, mode), { maxLength: 8 });
  fc.assert(
    fc.property(trees, mode, umask, (modes, own, denied) => {
      const folder = newFolder();
      makeTree(folder, modes);
      chmodSync(folder, own);
      const before = modesIn(folder);
      const said = keepPrivate([folder], denied);
      const isLoose = (own & denied) !== 0;
      expect(said).toHaveLength(isLoose ? 1 : 0);
      for (const [path, now] of modesIn(folder)) {
        const was = before.get(path) ?? 0;
        expect([path, now]).toEqual([path, isLoose ? was & ~denied : was]);
      }
      expect(keepPrivate([folder], denied)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('says what it did and by which setting, and makes no folder that is missing', () => {
  const folder = newFolder();
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  expect(keepPrivate([folder, join(root, 'missing')], 0o077)).toEqual([
    `${folder} had the mode 0755; now it has 0700, and nothing in it has more (TRIBUTARY_UMASK)`,
  ]);
  expect(readdirSync(root)).not.toContain('missing');
});

it('follows the link that the folder is, and none in it', () => {
  const [disk, folder, elsewhere] = [newFolder(), newFolder(), newFolder()];
  for (const path of [disk, elsewhere]) mkdirSync(path);
  for (const path of [disk, elsewhere]) chmodSync(path, 0o755);
  symlinkSync(disk, folder);
  symlinkSync(elsewhere, join(disk, 'link'));
  keepPrivate([folder], 0o077);
  expect([modeOf(disk), modeOf(elsewhere)]).toEqual([0o700, 0o755]);
});

const isRoot = process.getuid?.() === 0;

it.skipIf(!isRoot)('leaves a folder of another user as it is, and says so (needs to be root)', () => {
  const folder = newFolder();
  mkdirSync(folder);
  chmodSync(folder, 0o750);
  chownSync(folder, 12_345, 12_345);
  expect(keepPrivate([folder], 0o077)).toEqual([expect.stringContaining('belongs to another user')]);
  expect(modeOf(folder)).toBe(0o750);
});

it.skipIf(!isRoot)('leaves out what only another user may look into (needs to be root)', () => {
  const user = 12_345;
  const folder = newFolder();
  for (const path of [folder, join(folder, 'lost+found'), join(folder, 'log')]) {
    mkdirSync(path);
    chmodSync(path, 0o755);
    chownSync(path, user, user);
  }
  chownSync(join(folder, 'lost+found'), 0, 0);
  chmodSync(join(folder, 'lost+found'), 0o700);
  chmodSync(root, 0o755);
  const module = JSON.stringify(new URL('folder-permissions.ts', import.meta.url));
  const program = `const { keepPrivate } = await import(${module}); process.setuid(${user}); keepPrivate([process.argv[1]], 0o077);`;
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program, folder]);
  expect([folder, join(folder, 'log')].map(modeOf)).toEqual([0o700, 0o700]);
});

it('makes what is created afterwards private, until it is restored', () => {
  const restore = useUmask(0o077);
  const [first, second] = [newFolder(), newFolder()];
  writeFileSync(first, '');
  restore();
  const before = useUmask(0o022);
  writeFileSync(second, '');
  before();
  expect([first, second].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o644]);
});
