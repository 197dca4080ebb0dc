import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUntilKilled } from '@tributary/test-processes';
import { expect, it, TestRunner } from 'vitest';
import type { HistoryAnswer } from './history-model.fixture.ts';
import { violations } from './history-model.fixture.ts';
import { openLmdbLog } from './lmdb-log.ts';
import { ALL } from './log-under-test.fixture.ts';
import { historyFrom } from './random-history.fixture.ts';

const CHILD = new URL('random-histories.crash.ts', import.meta.url);

const LANES = 2;

type Line = { history: number; done?: true; client: number; index: number; received: HistoryAnswer[] };
type Answers = Map<string, readonly HistoryAnswer[]>;

/**
 * Declares the test: random histories against the model. The process that plays them is killed at random times, at most
 * `longestMs` after its first answer.
 */
export function equalsTheModel(histories: number, longestMs: number): void {
  it(`keeps what it acknowledged, once and in order, in ${histories} random histories with kills`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'histories-'));
    const size = Math.ceil(histories / LANES);
    const lanes = Array.from({ length: LANES }, (_value, lane) =>
      playLane({ directory, longestMs }, lane * size, Math.min((lane + 1) * size, histories)),
    );
    const played = await Promise.all(lanes);
    const sum = (count: 'kills' | 'appends' | 'retries'): number =>
      played.reduce((total, lane) => total + lane[count], 0);
    const retries = sum('retries') / sum('appends');
    const figures = {
      histories,
      appends: sum('appends'),
      'retries, %': (100 * retries).toFixed(1),
      kills: sum('kills'),
    };
    console.log(figures);
    Object.assign(TestRunner.getCurrentTest()?.meta ?? {}, { figures });
    expect(retries).toBeGreaterThan(0.3);
    expect(sum('kills')).toBeGreaterThan(histories / 100);
    rmSync(directory, { recursive: true, force: true });
  });
}

type Play = { readonly directory: string; readonly longestMs: number };

async function playLane(play: Play, first: number, end: number) {
  const { directory } = play;
  const counts = { kills: 0, appends: 0, retries: 0 };
  let answers: Answers = new Map();
  for (let history = first; history < end;) {
    const lines = await playUntilKilled(play, [history, end, answeredAppends(history, answers)]);
    for (const line of lines) {
      if (!line.done) answers.set(`${line.client}/${line.index}`, line.received);
      else {
        await expectModel(directory, line.history, answers, counts);
        answers = new Map();
        history = line.history + 1;
      }
    }
    counts.kills += history < end ? 1 : 0;
  }
  return counts;
}

/** The number of answered appends of each client. The next process continues after them and repeats what was in flight. */
const answeredAppends = (history: number, answers: Answers): string =>
  JSON.stringify(
    historyFrom(history).map(
      (appends, client) => appends.filter((_request, index) => answers.has(`${client}/${index}`)).length,
    ),
  );

async function playUntilKilled(
  { directory, longestMs }: Play,
  args: readonly (string | number)[],
): Promise<Line[]> {
  const killAfter = Math.random() * longestMs;
  const { code, lines } = await runUntilKilled(CHILD, [directory, ...args.map(String)], { killAfter });
  if (code !== 0 && code !== null) throw new Error(`a history ended with code ${code}`);
  return lines.map((line): Line => JSON.parse(line));
}

async function expectModel(
  directory: string,
  history: number,
  answers: Answers,
  counts: { appends: number; retries: number },
): Promise<void> {
  const path = join(directory, String(history));
  const log = await openLmdbLog({ directory: path });
  const generated = historyFrom(history);
  expect(violations(generated, answers, await log.read(ALL)), `history ${history}`).toEqual([]);
  expect(await log.verify()).toMatchObject({ ok: true });
  await log.close();
  rmSync(path, { recursive: true });
  const appends = generated.flat();
  counts.appends += appends.length;
  counts.retries += appends.length - new Set(appends).size;
}
