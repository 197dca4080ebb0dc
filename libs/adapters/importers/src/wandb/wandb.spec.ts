import { crc32 } from 'node:zlib';
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
import { logRecords } from './log-records.ts';
import { wandb } from './wandb.ts';

async function sampleBytes(run: string): Promise<Uint8Array> {
  const file = (await sample('wandb')).files.find(({ name }) => name === `run-${run}.wandb`);
  return new Uint8Array(file ? await file.read() : []);
}

it('makes one run of two directories with the same run id, the second continuing after the last step', async () => {
  const [tiny1] = await importedBy('wandb', await sample('wandb'));
  expect(dataOf(tiny1, 'training.run.started')).toMatchObject([
    {
      runId: 'tiny/tiny1',
      attempt: 1,
      name: 'tiny run',
      projectId: 'tiny',
      config: { learning_rate: 3e-4, seed: 42, model: { layers: 2 }, sizes: [1, 2] },
      seeds: { init: 42 },
    },
    { runId: 'tiny/tiny1', attempt: 2, resumedFrom: { attempt: 1, step: 14 } },
  ]);
  const steps = dataOf(tiny1, 'training.steps.recorded');
  expect(steps).toMatchObject([
    { attempt: 1, steps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 14] },
    { attempt: 2, steps: [15, 16, 17, 18], columns: { loss: [3, 2.875, 2.75, 2.625], _step: [0, 1, 2, 3] } },
  ]);
  expect(codesOf(tiny1)).toContain('step_counted_anew');
  expect(dataOf(tiny1, 'training.run.ended')).toMatchObject([
    { attempt: 1, status: 'completed', lastStep: 14 },
    { attempt: 2, status: 'failed', lastStep: 18, reason: 'exit code 1' },
  ]);
});

it('keeps NaN, infinities, nested keys, and the names of validation losses', async () => {
  const [tiny1] = await importedBy('wandb', await sample('wandb'));
  expect(dataOf(tiny1, 'training.steps.recorded')[0]).toMatchObject({
    nonfinite: {
      loss: [{ index: 8, value: 'nan' }],
      up: [{ index: 8, value: '+inf' }],
      down: [{ index: 8, value: '-inf' }],
    },
  });
  expect(columnOf(tiny1, 'gradNorm').get(1)).toBe(1.0625);
  expect(columnOf(tiny1, 'eval/loss').get(14)).toBe(3.9);
});

it('warns about the steps that a history lacks', async () => {
  const [tiny1] = await importedBy('wandb', await sample('wandb'));
  expect(tiny1?.warnings).toContainEqual(
    expect.objectContaining({ code: 'steps_missing', count: 5, example: expect.stringContaining('9 to 13') }),
  );
});

it('reads a killed run up to its truncated record, which is rejected', async () => {
  const [, tiny2] = await importedBy('wandb', await sample('wandb'));
  expect(tiny2?.rejected).toMatchObject([
    { source: expect.stringMatching(/tiny2\.wandb:bytes:32635-32768$/) },
  ]);
  expect(columnOf(tiny2, 'loss').size).toBe(27);
  expect(dataOf(tiny2, 'training.run.ended')).toEqual([]);
  expect(codesOf(tiny2)).toContain('end_not_recorded');
});

it('continues after a record with a wrong checksum', async () => {
  const broken = (await sampleBytes('tiny1')).slice();
  const { records } = logRecords(broken);
  const hit = records[10]?.offset ?? 0;
  broken[hit + 9] = (broken[hit + 9] ?? 0) ^ 0xff;
  const read = logRecords(broken);
  expect(read.gaps).toEqual([{ kind: 'corrupt', from: hit, to: records[11]?.offset }]);
  expect(read.records.length).toBe(records.length - 1);
});

/** Frames payloads like W&B: in blocks of 32 KiB, with zeros if no header fits. */
function framed(payloads: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0)];
  let length = 7;
  const put = (bytes: Uint8Array) => {
    parts.push(bytes);
    length += bytes.length;
  };
  for (const payload of payloads) {
    let from = 0;
    do {
      let left = 32_768 - (length % 32_768);
      if (left < 7) put(new Uint8Array(left));
      left = 32_768 - (length % 32_768);
      const part = payload.subarray(from, from + left - 7);
      const last = from + part.length === payload.length;
      const type = from === 0 ? Number(last) || 2 : 3 + Number(last);
      const header = Buffer.alloc(7);
      header.writeUInt32LE(crc32(part, crc32(Uint8Array.of(type))));
      header.writeUInt16LE(part.length, 4);
      header.writeUInt8(type, 6);
      put(header);
      put(part);
      from += part.length;
    } while (from < payload.length);
  }
  return new Uint8Array(Buffer.concat(parts));
}

const payloads = [10, 32_740, 3, 100_000, 5, 32_700, 7].map((size, index) =>
  new Uint8Array(size).fill(index + 1),
);

it('assembles records across several blocks, and skips the padding', () => {
  const { records, gaps } = logRecords(framed(payloads));
  expect(gaps).toEqual([]);
  expect(records.map(({ bytes }) => [bytes.length, bytes[0]])).toEqual(
    payloads.map((one) => [one.length, one[0]]),
  );
});

it('continues at the next block if a length is corrupt', () => {
  const file = framed(payloads);
  const { records } = logRecords(file);
  const hit = records[0]?.offset ?? 0;
  file[hit + 5] = 0x7f;
  const read = logRecords(file);
  expect(read.gaps[0]).toEqual({ kind: 'corrupt', from: hit, to: 32_768 });
  expect(read.records.at(-1)?.bytes.length).toBe(7);
  expect(read.records.length).toBeLessThan(records.length);
});

it('imports a copy of a directory once', async () => {
  const bytes = await sampleBytes('tiny2');
  const [once, twice] = [
    { 'a/run-tiny2.wandb': bytes },
    { 'a/run-tiny2.wandb': bytes, 'b/run-tiny2.wandb': bytes },
  ];
  const imported = await readBy(wandb, twice);
  expect(imported.events).toEqual((await readBy(wandb, once)).events);
  expect(codesOf(imported)).toContain('file_repeated');
});

it('does not match other files, and rejects one that only has the name', async () => {
  expect(await kindsOf({ 'run-x.wandb': 'not a log' })).toEqual([]);
  const imported = await readBy(wandb, { 'run-x.wandb': 'not a log', 'run-y.wandb': '' });
  expect(imported.events).toEqual([]);
  expect(imported.rejected).toHaveLength(2);
});

describe.skipIf(!hasShared('wandb-offline'))('wandb-offline (needs shared data wandb-offline)', () => {
  it('reads the 10 records of the offline run with valid checksums', async () => {
    const file = (await shared('wandb-offline')).files.find(({ path }) => path.endsWith('.wandb'));
    const bytes = (await file?.read()) ?? new Uint8Array();
    expect(bytes.length).toBe(7868);
    const { records, gaps } = logRecords(bytes);
    expect(records).toHaveLength(10);
    expect(gaps).toEqual([]);
    const [run] = await importedBy('wandb', await shared('wandb-offline'));
    expect(dataOf(run, 'training.run.started')).toMatchObject([
      { runId: 'code-toad/g9dvvkua', projectId: 'code-toad' },
    ]);
  });

  it('puts no personal values of the run and its metadata into facts', async () => {
    const folder = await shared('wandb-offline');
    const [run] = await importedBy('wandb', folder);
    const metadata = await folder.files.find(({ name }) => name === 'wandb-metadata.json')?.json();
    const text = JSON.stringify(run?.events);
    const personal = Object.entries(metadata ?? {}).flatMap(([key, value]): string[] =>
      ['email', 'username', 'root', 'host', 'executable', 'program', 'codePath'].includes(key)
        ? [String(value)]
        : [],
    );
    expect(personal.length).toBeGreaterThan(3);
    for (const value of personal) expect(text).not.toContain(value);
  });
});
