import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, importOf, sample } from '../import.fixture.ts';
import { blendOf, dataArguments } from './blend.ts';
import { megatronData } from './megatron-data.ts';
import { optionsOf } from './command-line-options.ts';

const plansOf = async (files: Record<string, string | Uint8Array>) =>
  factsOf(await importOf(megatronData, files), 'mixture.plan.decided');

describe('blendOf', () => {
  it('reads one prefix, alternating weights and prefixes, or only prefixes', () => {
    expect(blendOf(['/d/a'])).toEqual({ prefixes: ['/d/a'] });
    expect(blendOf(['0.3', '/d/a', '0.7', '/d/b'])).toEqual({
      prefixes: ['/d/a', '/d/b'],
      weights: [0.3, 0.7],
    });
    expect(blendOf(['/d/a', '/d/b'])).toEqual({ prefixes: ['/d/a', '/d/b'] });
    expect(blendOf(['/d/a', '/d/b', '/d/c'])).toEqual({ prefixes: ['/d/a', '/d/b', '/d/c'] });
  });

  it('rejects a mix of both, and an unset variable', () => {
    expect(blendOf(['1', '/d/a', 'x', '/d/b'])).toBe('some weights are not numbers');
    expect(blendOf(['$DATA_BLEND'])).toContain('variable');
  });
});

describe('a command line of Megatron', () => {
  it('can have several lines, quotes and comments', () => {
    const text =
      '# train\npython x.py \\\n  --data-path "0.3 /d/a" \\\n 0.7 /d/b --seq-length=8 # short\n --split 90,5,5\n';
    expect(dataArguments(optionsOf(text))).toMatchObject({
      blends: [{ split: 'all', items: ['0.3', '/d/a', '0.7', '/d/b'] }],
      sequenceLength: 8,
      split: '90,5,5',
    });
  });

  it('has the last value of an option that is repeated', () => {
    const text =
      'x --seq-length 8 --global-batch-size 8 --train-iters 5 --split 1,0,0 --rampup-batch-size 1 1 9' +
      ' --global-batch-size 16 --seq-length 4 --train-iters 6 --split 90,5,5 --rampup-batch-size 2 2 8\n';
    expect(dataArguments(optionsOf(text))).toMatchObject({
      sequenceLength: 4,
      globalBatchSize: 16,
      trainSteps: 6,
      split: '90,5,5',
      rampUp: { start: 2, increment: 2, samples: 8 },
    });
  });

  it('is a mixture of what the run trains on, and names the blends that it does not train on', async () => {
    const imported = await importOf(megatronData, {
      'run.sh':
        'x --train-data-path 0.25 /d/a 0.75 /d/b --valid-data-path /d/c --test-data-path 1 /d/d 1 /d/e\n',
    });
    const plans = factsOf(imported, 'mixture.plan.decided');
    expect(plans.map(({ name, phases }) => [name, phases[0].weights.length])).toEqual([['run', 2]]);
    expect(imported.warnings).toMatchObject([
      { code: 'held_out_blend_left_out', count: 2, example: expect.stringContaining('/d/c') },
    ]);
    expect(JSON.stringify(imported.events)).not.toMatch(/\/d\/[cde]/);
  });

  it.each(['/path/to/data', 'path/to/data', '<path>', '/d/<name>_text_document', '???'])(
    'is a template and no mixture with the placeholder %s',
    async (path) => {
      const imported = await importOf(megatronData, {
        'run.sh': `x --data-path "0.3 /d/web 0.7 ${path}" --seq-length 8\n`,
      });
      expect(imported.events).toEqual([]);
      expect(codesOf(imported)).toEqual(['template_left_out']);
    },
  );

  it('has a phase for every transition with its blend', async () => {
    const [plan] = await plansOf({
      'run.sh':
        'x --data-path 1 /d/a 3 /d/b --phase-transition-iterations 100\ny --data-path 3 /d/a 1 /d/b\n',
    });
    expect(plan?.phases).toMatchObject([
      { fromStep: 0, endsAt: 99, weights: [{ weight: 1 }, { weight: 3 }] },
      { fromStep: 100, weights: [{ weight: 3 }, { weight: 1 }] },
    ]);
  });

  it('has the shares of lengths if there are no weights, and is unresolved without the indexes', async () => {
    const line = { 'run.sh': 'x --data-path /d/web_text_document /d/code_text_document\n' };
    const alone = await importOf(megatronData, line);
    expect(alone.events).toEqual([]);
    expect(alone.unresolved[0]?.reason).toContain('lengths');
    const { files } = await sample('megatron-data');
    const indices = files.filter(({ name }) => /^(web|code).*idx$/.test(name));
    const bytes = Object.fromEntries(
      await Promise.all(indices.map(async (file) => [file.path, await file.read()] as const)),
    );
    const imported = await importOf(megatronData, { ...line, ...bytes });
    const weights = factsOf(imported, 'mixture.plan.decided')[0]?.phases[0].weights ?? [];
    expect(weights.map(({ weight }) => weight)).toEqual([1366 / 1982, 616 / 1982]);
    expect(codesOf(imported)).toContain('weights_from_lengths');
  });

  it('can be lists by split, or a plain list in a file', async () => {
    const split = { train: [30, '/d/a', '70', '/d/b'], valid: ['/d/c'], test: null };
    expect(await plansOf({ 'blend.json': JSON.stringify(split) })).toMatchObject([
      { name: 'blend', unit: 'sample_share' },
    ]);
    const list = '0.3 /d/a\n0.7 /d/b\n';
    expect(await plansOf({ 'blend.txt': list, 'latest.txt': list.replace('a', 'c') })).toHaveLength(2);
    expect(await plansOf({ 'blend-valid-1.txt': list, 'test.txt': list })).toEqual([]);
  });

  it('does not match a file with an unset variable, or prose', async () => {
    const files = {
      'a.yaml': 'MODEL_ARGS:\n  --data-path: $DATA_BLEND\n',
      'b.md': 'Use --data-path as you like.\n\n$X',
    };
    expect(await plansOf(files)).toHaveLength(0);
  });
});
