import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { announceNew } from './reach.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-reach-'));
afterAll(() => rmSync(folder, { recursive: true }));

const announced = (data: string): readonly string[] => {
  const lines: string[] = [];
  announceNew(data, (line) => void lines.push(line));
  return lines;
};

it('says that a directory is new until it has a log', () => {
  const data = join(folder, 'typo');
  expect(announced(data)).toEqual([expect.stringContaining('typo is a new data directory')]);
  mkdirSync(data);
  expect(announced(data)).toHaveLength(1);
  mkdirSync(join(data, 'log'));
  expect(announced(data)).toEqual([]);
});
