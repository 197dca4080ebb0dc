import { expect, it } from 'vitest';
import { folderOf } from '../../files/folder.ts';
import { olmoTraining } from './training.ts';

const CONFIG = `run_name: Tiny
seed: 1
model:
  d_model: 8
  max_sequence_length: 100
global_train_batch_size: 10
max_duration: 1_000  # steps
`;

async function imported(files: Record<string, string>) {
  const [match] = await olmoTraining.detect(folderOf('configs', files));
  const read = await olmoTraining.read({ name: 'configs', files: match?.files ?? [] }, {});
  const runs = read.events.flatMap(({ type, data }) =>
    (type === 'training.run.started' || type === 'training.run.planned') && 'runId' in data
      ? [data.runId]
      : [],
  );
  return { ...read, runs };
}

it('reads a number of steps with underscores as YAML 1.1 does', async () => {
  const { events } = await imported({ 'a.yaml': CONFIG });
  expect(events[0]?.data).toMatchObject({ tokenBudget: 1_000_000 });
});

it('makes separate runs of configurations with the same name, whatever is imported with them, but not of a copy', async () => {
  const other = CONFIG.replace('seed: 1', 'seed: 2');
  const both = await imported({ 'a.yaml': CONFIG, 'b.yaml': other });
  expect(new Set(both.runs).size).toBe(2);
  const [one, two] = [await imported({ 'a.yaml': CONFIG }), await imported({ 'b.yaml': other })];
  expect(both.runs).toEqual([...one.runs, ...two.runs]);
  const copied = await imported({ 'a.yaml': CONFIG, 'b/a.yaml': CONFIG });
  expect(copied.runs).toEqual(one.runs);
  expect(copied.warnings).toMatchObject([{ code: 'file_repeated' }]);
});

it('has the runs of a list also when rows were added to it', async () => {
  const list = 'Step,Checkpoint Directory\n10,https://c.example/r/step10\n';
  const [before] = (await imported({ 'T-7B.csv': list })).runs;
  expect((await imported({ 'T-7B.csv': `${list}20,https://c.example/r/step20\n` })).runs).toEqual([before]);
});

it('names a configuration without a name after its file and its content', async () => {
  const unnamed = CONFIG.replace('run_name: Tiny\n', '');
  const { runs } = await imported({
    'x/config.yaml': unnamed,
    'y/config.yaml': `${unnamed}precision: fp32\n`,
  });
  expect(new Set(runs).size).toBe(2);
});

it('reads lists of checkpoints with reordered or additional columns and other delimiters', async () => {
  const lists = [
    'Directory,Tokens,Step,Stage,Notes,Revision\nhttps://c.example/step10/,40,10,stage1,a,b\n',
    '"Step";"Checkpoint Directory"\n"10";"https://c.example/step10"\n',
    'Step\tCheckpoint Directory\n10\thttps://c.example/step10\n',
  ];
  for (const list of lists) {
    const { events } = await imported({ 'Tiny-7B.csv': list });
    expect(events.at(-1)?.data).toMatchObject({ step: 10, checkpointId: 'https://c.example/step10' });
  }
});

it('separates the runs of lists with the same name, and does not match other tables of steps and addresses', async () => {
  const list = (host: string) => `Step,Checkpoint Directory\n10,https://${host}.example/r/step10\n`;
  const { runs } = await imported({ 'a/T-7B.csv': list('a'), 'b/T-7B.csv': list('b') });
  expect(new Set(runs).size).toBe(2);
  expect((await imported({ 'b/T-7B.csv': list('b') })).runs).toEqual([runs[1]]);
  expect(await olmoTraining.detect(folderOf('x', { 'f.csv': 'url,step\nhttp://x,1\n' }))).toEqual([]);
});

it('takes no more than linear work to recognise files of which the head is empty lines', async () => {
  const empty = `seed: 1\nmodel:\n${'\n'.repeat(65_000)}`;
  const files = Object.fromEntries(Array.from({ length: 40 }, (_none, at) => [`${at}.yaml`, empty]));
  expect(await olmoTraining.detect(folderOf('configs', files))).toEqual([]);
});
