import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { factsOf, importOf } from '../import.fixture.ts';
import { megatronData } from './megatron-data.ts';

const WEB_CODE = [
  { source: '/d/web', weight: 0.3 },
  { source: '/d/code', weight: 0.7 },
];

async function weightsIn(path: string, text: string) {
  const plans = factsOf(await importOf(megatronData, { [path]: text }), 'mixture.plan.decided');
  return plans.map(({ phases }) => phases[0].weights.map(({ source, weight }) => ({ source, weight })));
}

describe('data of a script', () => {
  it('end with their array', async () => {
    const script =
      'DATA_ARGS=(\n  --split 949,50,1\n  --data-path\n    0.3 /d/web\n    0.7 /d/code\n)\n\ntorchrun x.py ${DATA_ARGS[@]}\n';
    expect(await weightsIn('run.sh', script)).toEqual([WEB_CODE]);
  });

  it('can be in a quoted variable of options', async () => {
    const script =
      'DATA_ARGS="\n  --data-path 0.3 /d/web 0.7 /d/code \\\n  --split 9,1,0\n"\ntorchrun x.py $DATA_ARGS\n';
    expect(await weightsIn('run.sh', script)).toEqual([WEB_CODE]);
  });

  it('end with their command', async () => {
    const script = "x.py --data-path 0.3 /d/web 0.7 /d/code 2>&1 | tee log\necho 'done'\n";
    expect(await weightsIn('run.sh', script)).toEqual([WEB_CODE]);
  });

  it('can be in a variable that is set once, but not in one that a program sets', async () => {
    const run = 'x.py --data-path $BLEND --split 9,1,0\n';
    expect(await weightsIn('run.sh', `ROOT=/d\nBLEND="0.3 $ROOT/web 0.7 \${ROOT}/code"\n${run}`)).toEqual([
      WEB_CODE,
    ]);
    expect(await weightsIn('run.sh', `BLEND=$(cat blend.txt)\n${run}`)).toEqual([]);
    expect(await weightsIn('run.sh', `BLEND=/a\nBLEND=/b\n${run}`)).toEqual([]);
  });

  it('need an option of Megatron if they are a single path', async () => {
    expect(await weightsIn('run.sh', 'main.py --batch-size 256 --data-path /imagenet\n')).toEqual([]);
    expect(await weightsIn('a.yaml', 'model: resnet\ndata_path: /imagenet\n')).toEqual([]);
    expect(await weightsIn('a.json', '{"train": ["The cat", "a dog"], "test": ["x"]}')).toEqual([]);
  });

  it('can be weighted by split, as in Megatron-DeepSpeed', async () => {
    const script =
      'x.py --train-weighted-split-paths "train: 0.3 0:0.95 /d/web, 0.7 0:0.95 /d/code" --seq-length 8\n';
    expect(await weightsIn('run.slurm', script)).toEqual([WEB_CODE]);
  });
});

describe('data of a configuration', () => {
  it('are lists of paths and weights in GPT-NeoX', async () => {
    const text =
      '{\n  # a comment\n  "train-data-paths": ["/d/web", "/d/code"],\n  "train-data-weights": [0.3, 0.7],\n  "valid-data-paths": ["/d/v"],\n}\n';
    expect(await weightsIn('neox.yml', `${text.replace('"valid', '"seq_length": 8,\n  "valid')}`)).toEqual([
      WEB_CODE,
    ]);
  });

  it('are a prefix or paths in NeMo, optionally by split, with interpolated directories', async () => {
    const prefix =
      'model:\n  data:\n    data_prefix: [.3, "${dir}/web", .7, "${dir}/code"]\n    seq_length: 8\n';
    const filledLater = WEB_CODE.map(({ source, weight }) => ({
      source: source.replace('/d', '${dir}'),
      weight,
    }));
    expect(await weightsIn('gpt.yaml', prefix)).toEqual([filledLater]);
    const paths =
      'data:\n  paths: {train: [0.3, /d/web, 0.7, /d/code], validation: [1, /d/v]}\n  seq_length: 8\n';
    expect(await weightsIn('recipe.yaml', paths)).toEqual([WEB_CODE]);
  });
});

it('takes no more than linear work to recognise files of which the head is empty lines', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_none, at) => [`${at}.yaml`, '\n'.repeat(65_000)]),
  );
  expect(await megatronData.detect(folderOf('empty', files))).toEqual([]);
});
