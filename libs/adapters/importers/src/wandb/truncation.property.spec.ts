import { expect, it } from 'vitest';
import { columnOf, readBy, sample } from '../import.fixture.ts';
import { logRecords } from './log-records.ts';
import { wandb } from './wandb.ts';

/** The smaller of the samples: a resumed run. */
async function sampleBytes(): Promise<Uint8Array> {
  const file = (await sample('wandb')).files.findLast(({ name }) => name === 'run-tiny1.wandb');
  return new Uint8Array(file ? await file.read() : []);
}

it('imports a prefix of the values if a file is truncated anywhere', { timeout: 60_000 }, async () => {
  const whole = await sampleBytes();
  const losses = [...columnOf(await readBy(wandb, { 'run-tiny1.wandb': whole }), 'loss').values()];
  let longest = 0;
  for (let length = 0; length < whole.length; length += 1) {
    const truncated = await readBy(wandb, { 'run-tiny1.wandb': whole.slice(0, length) });
    const read = [...columnOf(truncated, 'loss').values()];
    expect(read).toEqual(losses.slice(0, read.length));
    expect(read.length).toBeGreaterThanOrEqual(longest);
    longest = read.length;
    for (const { source } of truncated.rejected) expect(source).toMatch(/^run-tiny1\.wandb:bytes:\d+-\d+$/);
  }
  expect(longest).toBe(losses.length);
});

it(
  'reads a prefix of the records if a file is truncated anywhere, and names the offset',
  { timeout: 30_000 },
  async () => {
    const whole = await sampleBytes();
    const all = logRecords(whole).records;
    const ends = new Set([...all.map(({ offset }) => offset), whole.length]);
    for (let length = 7; length <= whole.length; length += 1) {
      const { records, gaps } = logRecords(whole.subarray(0, length));
      expect(records.length).toBe(
        all.filter(({ offset }, at) => (all[at + 1]?.offset ?? whole.length) <= length && offset < length)
          .length,
      );
      const expected = ends.has(length)
        ? []
        : [{ kind: 'truncated', from: all[records.length]?.offset, to: length }];
      expect(gaps).toEqual(expected);
    }
  },
);
