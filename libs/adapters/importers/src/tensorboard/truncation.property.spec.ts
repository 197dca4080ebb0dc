import { expect, it } from 'vitest';
import { columnOf, readBy, sample } from '../import.fixture.ts';
import { tensorboard } from './tensorboard.ts';
import { tfRecords } from './tf-records.ts';

const NAME = 'events.out.tfevents.1.node';

async function sampleBytes(part: string): Promise<Uint8Array> {
  const file = (await sample('tensorboard')).files.find(({ path }) => path.includes(part));
  return new Uint8Array(file ? await file.read() : []);
}

it('reads a prefix of the records if a file is truncated anywhere, and names the offset', async () => {
  const whole = await sampleBytes('.first');
  const all = tfRecords(whole).records;
  const starts = [...all.map(({ offset }) => offset), whole.length];
  for (let length = 0; length <= whole.length; length += 1) {
    const { records, gaps } = tfRecords(whole.subarray(0, length));
    const count = starts.filter((start) => start > 0 && start <= length).length;
    expect(records).toHaveLength(count);
    const expected = starts.includes(length) ? [] : [{ kind: 'truncated', from: starts[count], to: length }];
    expect(gaps).toEqual(expected);
  }
});

it('imports a prefix of the values if a file is truncated anywhere', { timeout: 60_000 }, async () => {
  const whole = await sampleBytes('.second');
  const losses = [...columnOf(await readBy(tensorboard, { [NAME]: whole }), 'loss').values()];
  let longest = 0;
  for (let length = 0; length <= whole.length; length += 1) {
    const truncated = await readBy(tensorboard, { [NAME]: whole.slice(0, length) });
    const read = [...columnOf(truncated, 'loss').values()];
    expect(read).toEqual(losses.slice(0, read.length));
    expect(read.length).toBeGreaterThanOrEqual(longest);
    longest = read.length;
    for (const { source } of truncated.rejected) expect(source).toMatch(/^events.*:bytes:\d+(-\d+)?$/);
  }
  expect(longest).toBe(losses.length);
});
