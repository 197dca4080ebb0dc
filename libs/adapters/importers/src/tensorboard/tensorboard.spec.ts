import { describe, expect, it } from 'vitest';
import {
  codesOf,
  columnOf,
  dataOf,
  hasShared,
  importedBy,
  kindsOf,
  readBy,
  sample,
  shared,
} from '../import.fixture.ts';
import { maskedCrc32c, tfRecords } from './tf-records.ts';
import { tensorboard } from './tensorboard.ts';

const NAME = 'events.out.tfevents.1.node';

async function sampleBytes(part: string): Promise<Uint8Array> {
  const file = (await sample('tensorboard')).files.find(({ path }) => path.includes(part));
  return new Uint8Array(file ? await file.read() : []);
}

async function runOf(name: string) {
  const { files, ...folder } = await sample('tensorboard');
  const own = files.filter(({ path }) => path.startsWith(`logs/${name}/`));
  return (await importedBy('tensorboard', { ...folder, files: own }))[0];
}

it('computes the CRC-32C of RFC 3720 with the mask of TFRecord', () => {
  const crc = 0xe3069283;
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  expect(maskedCrc32c(new TextEncoder().encode('123456789'))).toBe(masked);
});

it('makes attempts of the files in a folder if a restart repeats steps', async () => {
  const run = await runOf('restarted');
  expect(dataOf(run, 'training.run.started')).toMatchObject([
    { attempt: 1 },
    { attempt: 2, resumedFrom: { attempt: 1, step: 5 } },
  ]);
  expect(dataOf(run, 'training.steps.recorded')).toMatchObject([
    {
      attempt: 1,
      steps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      nonfinite: { loss: [{ index: 10, value: 'nan' }] },
    },
    {
      attempt: 2,
      steps: [6, 7, 8, 9, 10, 11],
      columns: { loss: [3.625, 3.5625, 3.5, 3.4375, 3.375, 3.3125] },
    },
  ]);
});

it('reads the x axis of "vs samples" as consumed samples and not as steps', async () => {
  const run = await runOf('restarted');
  expect([...columnOf(run, 'consumed samples').values()].slice(0, 3)).toEqual([0, 128, 256]);
  expect(codesOf(run)).toContain('samples_axis');
  expect(columnOf(run, 'lm_loss_validation').get(8)).toBe(4.5);
});

it('reads tensors of rank 0 of every numeric type, packed or as bytes', async () => {
  const run = await runOf('tensors');
  const numbers = {
    float: 1.5,
    double: 0.1,
    half: 1.5,
    bfloat16: 1.5,
    int8: -7,
    int16: -300,
    int32: -70_000,
    int64: -(2 ** 40),
    uint8: 200,
    uint16: 60_000,
    uint32: 4_000_000_000,
    uint64: 2 ** 50,
    bool: 1,
  };
  for (const [name, value] of Object.entries(numbers)) {
    expect([name, columnOf(run, name).get(1)]).toEqual([name, value]);
    expect([name, columnOf(run, `content ${name}`).get(1)]).toEqual([name, value]);
  }
  expect(columnOf(run, 'zero float').get(1)).toBe(0);
  expect(columnOf(run, 'vector').size).toBe(0);
  expect(dataOf(run, 'training.checkpoint.saved')).toMatchObject([{ step: 2, uri: 'model.ckpt-2' }]);
});

it('reads hyperparameters and the end of their session', async () => {
  const run = await runOf('hparams/trial');
  expect(dataOf(run, 'training.run.started')).toMatchObject([
    { config: { lr: 0.5, layers: 2, name: 'tiny', amp: true } },
  ]);
  expect(dataOf(run, 'training.run.ended')).toMatchObject([{ status: 'completed' }]);
});

it('leaves out a file without values', async () => {
  const run = await readBy(tensorboard, { [NAME]: (await sampleBytes('.second')).slice(0, 40) });
  expect(run.events).toEqual([]);
  expect(codesOf(run)).toEqual(['file_without_values']);
});

it('skips a record with corrupt bytes, and stops at a corrupt length', async () => {
  const whole = await sampleBytes('.first');
  const { records } = tfRecords(whole);
  const [hit, next] = [records[5]?.offset ?? 0, records[6]?.offset ?? 0];
  const bytes = whole.slice();
  bytes[hit + 12] = (bytes[hit + 12] ?? 0) ^ 0xff;
  expect(tfRecords(bytes).gaps).toEqual([{ kind: 'corrupt', from: hit, to: next }]);
  expect(tfRecords(bytes).records).toHaveLength(records.length - 1);
  const length = whole.slice();
  length[hit] = (length[hit] ?? 0) ^ 0xff;
  expect(tfRecords(length).gaps).toEqual([{ kind: 'corrupt', from: hit, to: whole.length }]);
  expect(tfRecords(length).records).toHaveLength(5);
});

it('does not match TFRecord files of examples and other binary files', async () => {
  const payload = Uint8Array.of(10, 0);
  const header = new DataView(new ArrayBuffer(12));
  header.setBigUint64(0, 2n, true);
  header.setUint32(8, maskedCrc32c(new Uint8Array(header.buffer, 0, 8)), true);
  const tail = new DataView(new ArrayBuffer(4));
  tail.setUint32(0, maskedCrc32c(payload), true);
  const bytes = Buffer.concat([new Uint8Array(header.buffer), payload, new Uint8Array(tail.buffer)]);
  expect(await kindsOf({ 'train.tfrecord': new Uint8Array(bytes), 'x.bin': new Uint8Array(64) })).toEqual([]);
});

describe.skipIf(!hasShared('wandb-offline'))('wandb-offline (needs shared data wandb-offline)', () => {
  it('reads 105 records of the event file without trailing bytes', async () => {
    const file = (await shared('wandb-offline')).files.find(({ path }) => path.includes('tfevents'));
    const bytes = (await file?.read()) ?? new Uint8Array();
    expect(bytes.length).toBe(170_975);
    expect(tfRecords(bytes)).toMatchObject({ records: { length: 105 }, gaps: [] });
  });
});
