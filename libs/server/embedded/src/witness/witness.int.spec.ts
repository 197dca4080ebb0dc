import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import { positionFromText, rfc3339, systemClock } from '@tributary/kernel';
import { runUntilKilled, smallDisk } from '@tributary/test-processes';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireWitnessed } from './difference.ts';
import { anEvent } from './witness-history.fixture.ts';
import { parseWitness, witnessText } from './witness-file.ts';
import { openWitness } from './witness.ts';
import type { Witness } from './witness.ts';

const CHILD = new URL('keep-until-killed.crash.ts', import.meta.url);

const root = mkdtempSync(join(tmpdir(), 'tributary-witness-'));
afterAll(() => rmSync(root, { recursive: true }));

let made = 0;
const newPath = (): string => join(root, `${(made += 1)}`);

/** Opens log and witness, and closes both: the code of what a start is refused with. */
async function refusal(directory: string, file: string): Promise<string | undefined> {
  const log = await openLmdbLog({ directory: join(directory, 'log') });
  try {
    await (await openWitness(file, { directory, log, clock: systemClock, report: () => undefined })).close();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    await log.close();
  }
}

it('law: after any kill the directory is not told that it is older, and a copy from before the last look is', async () => {
  const [directory, file] = [newPath(), newPath()];
  const copies: { readonly path: string; readonly end: number }[] = [];
  let refused = 0;
  for (let kill = 0; kill < 5; kill += 1) {
    await runUntilKilled(CHILD, [directory, file], { killAfter: 50 + Math.random() * 300 });
    const seen = existsSync(file) ? Number(parseWitness(readFileSync(file, 'utf8')).position) : 0;
    const end = await endOf(directory);
    expect(seen).toBeLessThanOrEqual(end);
    for (const older of copies) {
      const isOlder = older.end < seen;
      refused += isOlder ? 1 : 0;
      expect(await refusal(older.path, file)).toBe(isOlder ? 'older_copy' : undefined);
    }
    const path = newPath();
    cpSync(join(directory, 'log/data.mdb'), join(path, 'log/data.mdb'), { recursive: true });
    copies.push({ path, end });
    expect(await refusal(directory, file)).toBeUndefined();
  }
  expect(refused).toBeGreaterThan(0);
});

async function endOf(directory: string): Promise<number> {
  const log = await openLmdbLog({ directory: join(directory, 'log') });
  await log.close();
  return Number(log.head());
}

describe('a witness', () => {
  let directory: string;
  let file: string;
  let log: LocalLog;
  let witness: Witness | undefined;
  const notes: string[] = [];

  beforeEach(async () => {
    [directory, file] = [newPath(), join(newPath(), 'witness.json')];
    mkdirSync(join(file, '..'));
    log = await openLmdbLog({ directory: join(directory, 'log') });
    await log.append([anEvent('a')], { atomic: true });
    notes.length = 0;
  });
  afterEach(async () => {
    await witness?.close();
    witness = undefined;
    await log.close();
  });

  const open = async (at = file): Promise<string[]> => {
    const report = (text: string): void => void notes.push(text);
    witness = await openWitness(at, { directory, log, clock: systemClock, report, interval: 5 });
    return codes();
  };
  const codes = (): string[] => (witness?.warnings() ?? []).map(({ code }) => code);
  const position = (): string => parseWitness(readFileSync(file, 'utf8')).position;

  it('is begun where there is none, which the start says, and follows the log', async () => {
    expect(await open()).toEqual([]);
    expect(notes).toEqual([expect.stringContaining(`there was no witness at ${file}`)]);
    expect(position()).toBe('1');
    await log.append([anEvent('b'), anEvent('c')], { atomic: true });
    await expect.poll(position).toBe('3');
    expect(readdirSync(join(file, '..'))).toEqual(['witness.json']);
  });

  it('says what is wrong and what to do', async () => {
    await open();
    await witness?.close();
    const [other, backup] = [
      { logId: 'another', position: '9' },
      { logId: log.logId, position: '0' },
    ];
    await expect(requireWitnessed(file, other)).rejects.toMatchObject({ code: 'witness_of_another_log' });
    const fault = await requireWitnessed(file, backup).catch(String);
    expect(fault).toContain(
      'this is an older copy: its log ends at position 0, and the witness has seen position 1',
    );
    expect(fault).toContain(`mv '${file}' '${file}.before'`);
    expect(await requireWitnessed(file, { logId: log.logId, position: '1' })).toBeUndefined();
    expect(await requireWitnessed(newPath(), backup)).toBeUndefined();
    writeFileSync(file, '{');
    expect(await requireWitnessed(file, backup)).toContain('it is no witness, or a part of one');
  });

  const MISTAKES: Record<string, string> = {
    'a witness that is half written': '{ "format": 1, "logId": "',
    'an empty file': '',
    'a witness of a later version': '{ "format": 2 }',
    'another file': 'import torch\n'.repeat(10_000),
  };
  it.each(Object.entries(MISTAKES))(
    'is no reason not to serve where it is %s, and is left as it is',
    async (_, text) => {
      writeFileSync(file, text);
      expect(await open()).toEqual(['witness_unreadable']);
      await log.append([anEvent('b')], { atomic: true });
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(codes()).toEqual(['witness_unreadable']);
      expect(readFileSync(file, 'utf8')).toBe(text);
      rmSync(file);
      await expect.poll(codes).toEqual([]);
      expect(position()).toBe('2');
    },
  );

  it('is no reason not to serve where its folder is missing or it is one, and is kept once it can be', async () => {
    rmSync(join(file, '..'), { recursive: true });
    expect(await open()).toEqual(['witness_unwritten']);
    expect(existsSync(join(file, '..'))).toBe(false);
    mkdirSync(file, { recursive: true });
    await expect.poll(codes).toEqual(['witness_unreadable']);
    rmSync(file, { recursive: true });
    await expect.poll(codes).toEqual([]);
    expect(position()).toBe('1');
  });

  it('stays whole on a full disk, which the server says, and goes on when there is room', async ({
    skip,
  }) => {
    const disk = smallDisk(1);
    if (!disk) return skip('this user may not mount a disk');
    try {
      file = join(disk.directory, 'witness.json');
      expect(await open()).toEqual([]);
      disk.fill(0);
      await log.append([anEvent('b')], { atomic: true });
      await expect.poll(codes).toEqual(['witness_unwritten']);
      expect(position()).toBe('1');
      disk.makeRoom();
      await expect.poll(codes).toEqual([]);
      expect(position()).toBe('2');
    } finally {
      await witness?.close();
      disk.remove();
    }
  });

  it('is written again where it went away or went back while the log stood still', async () => {
    await log.append([anEvent('b')], { atomic: true });
    await open();
    const newest = readFileSync(file, 'utf8');
    rmSync(file);
    await expect.poll(() => existsSync(file)).toBe(true);
    const older = parseWitness(newest);
    const event = await log.at(positionFromText('1'));
    writeFileSync(
      file,
      witnessText({ ...older, position: positionFromText('1'), recordTime: rfc3339(event?.recordTime ?? 0) }),
    );
    await expect.poll(position).toBe('2');
    expect(codes()).toEqual([]);
  });

  it('is not put in the place of a link to nothing, which a disk that is not mounted leaves', async () => {
    const away = join(newPath(), 'witness.json');
    symlinkSync(away, file);
    expect(await open()).toEqual(['witness_unreadable']);
    await log.append([anEvent('b')], { atomic: true });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    mkdirSync(join(away, '..'));
    writeFileSync(away, '');
    await expect.poll(codes).toEqual(['witness_unreadable']);
    rmSync(file);
    await expect.poll(codes).toEqual([]);
    expect(readFileSync(away, 'utf8')).toBe('');
  });

  it('is not written through a link that somebody else has put beside it, nor read from a pipe', async () => {
    const other = newPath();
    writeFileSync(other, 'of somebody else');
    symlinkSync(other, `${file}.new`);
    expect(await open()).toEqual([]);
    await log.append([anEvent('b')], { atomic: true });
    await expect.poll(position).toBe('2');
    expect(readFileSync(other, 'utf8')).toBe('of somebody else');
    await witness?.close();
    rmSync(file);
    execFileSync('mkfifo', [file]);
    expect(await open()).toEqual(['witness_unreadable']);
  });

  it('names no event to those who ask whether the server is ready', async () => {
    await open();
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(log.logId, '00000000-0000-4000-8000-000000000000'),
    );
    await log.append([anEvent('b')], { atomic: true });
    await expect.poll(codes).toEqual(['witness_of_another_log']);
    const [warning] = witness?.warnings() ?? [];
    expect(warning?.detail).not.toContain(log.logId);
    expect(warning?.detail).toContain('exchanged while this server ran');
  });

  it('of another log refuses the start and is left as it is', async () => {
    await open();
    await witness?.close();
    const text = readFileSync(file, 'utf8').replace(log.logId, '00000000-0000-4000-8000-000000000000');
    writeFileSync(file, text);
    await expect(open()).rejects.toMatchObject({ code: 'witness_of_another_log' });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('in the data directory would be as old as its copy, and is refused, behind a link too', async () => {
    await expect(open(join(directory, 'witness.json'))).rejects.toMatchObject({ code: 'witness_inside' });
    const link = newPath();
    symlinkSync(directory, link);
    await expect(open(join(link, 'witness.json'))).rejects.toMatchObject({ code: 'witness_inside' });
  });

  it('is not written over what a server of another copy has kept meanwhile', async () => {
    await open();
    const copy = newPath();
    cpSync(join(directory, 'log/data.mdb'), join(copy, 'log/data.mdb'), { recursive: true });
    const other = await openLmdbLog({ directory: join(copy, 'log') });
    await other.append([anEvent('b')], { atomic: true });
    await (
      await openWitness(file, { directory: copy, log: other, clock: systemClock, report: () => undefined })
    ).close();
    await other.close();
    const text = readFileSync(file, 'utf8');
    await log.append([anEvent('b')], { atomic: true });
    await expect.poll(codes).toEqual(['other_copy']);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
