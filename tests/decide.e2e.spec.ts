import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fact,
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../services/standalone/src/server-under-test.fixture.ts';
import { ablation } from '../libs/server/graphql/src/ablation.fixture.ts';
import { run } from '../services/cli/src/program.ts';

const answers = join(import.meta.dirname, '../schemas/answers');
const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server?.end('SIGKILL');
  removeDirectory(directory);
});

async function tributary(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(['node', 'tributary', ...words, '--url', server.url], {
    print: (text) => void out.push(text),
    report: (text) => void err.push(text),
    interactive: false,
    directory,
    environment: {},
    onSignal: () => undefined,
    exitNow: () => undefined,
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** The JSON that a command prints, checked against the schema of its answer. */
async function answer(command: string, ...words: string[]): Promise<unknown> {
  const { out, err } = await tributary(command, ...words, '--json');
  expect(err).toBe('');
  const value: unknown = JSON.parse(out);
  const schema = JSON.parse(readFileSync(join(answers, `${command}.json`), 'utf8'));
  const check = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  expect(check(value) ? undefined : check.errors).toBeUndefined();
  return value;
}

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const planOf = (mixtureId: string, [code, web]: readonly [number, number], more = '') => `
mixtureId: ${mixtureId}
unit: token_share
displacement: proportional
phases:
  - name: all
    fromStep: 0
    weights:
      - { slice: code, weight: ${code} }
      - { slice: web, weight: ${web} }
constraints: [No shard more than four times.]
alternatives:
  - { description: More mathematics. There is too little of it., mixtureId: more-math }
${more}`;

type StoredMixture = { readonly mixture: Readonly<Record<string, unknown>> };
const recorded = (id: string) =>
  server.ask<StoredMixture>(
    `query ($id: ID!) { mixture(id: $id) { rationale decidedBy approvedBy supersededBy constraints
      alternatives { mixture } predictedEffects { capability slice displacement } weights { slice weight }
      warnings { code } } }`,
    { id },
  );

describe('decide', () => {
  const plan = planOf('more-code', [0.5, 0.5], 'rationale: Code teaches to count.\ndecidedBy: ada\n');

  it('records a plan with its reasons, and the same one once', async () => {
    const path = file('plan.yaml', plan);
    const { decisions } = Object(await answer('decide', path));
    expect(decisions).toEqual([
      { mixture: 'more-code', position: expect.any(String), isNew: true, warnings: [] },
    ]);
    expect(await recorded('more-code')).toEqual({
      mixture: {
        rationale: 'Code teaches to count.',
        decidedBy: 'ada',
        approvedBy: null,
        supersededBy: null,
        constraints: ['No shard more than four times.'],
        alternatives: [{ mixture: 'more-math' }],
        predictedEffects: [],
        weights: [
          { slice: 'code', weight: 0.5 },
          { slice: 'web', weight: 0.5 },
        ],
        warnings: [],
      },
    });
    expect(await answer('decide', path)).toEqual({ decisions: [{ ...decisions[0], isNew: false }] });
    const text = await tributary('decide', path);
    expect(text.out).toContain(
      `mixture more-code was decided like this at position ${decisions[0].position}`,
    );
  });

  it('refuses another plan of the mixture, unless it is to replace it: then its approval ends', async () => {
    await tributary('approve', 'more-code', '--actor', 'grace');
    const path = file('other.yaml', planOf('more-code', [0.6, 0.4]));
    const reason = ['--reason', 'The web is smaller.', '--actor', 'eve'];
    expect(await tributary('decide', path, ...reason)).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/which ada decided at position \d+;.*--replace/),
    });
    expect(await recorded('more-code')).toMatchObject({ mixture: { approvedBy: 'grace' } });
    const { code } = await tributary('decide', path, ...reason, '--replace');
    expect(code).toBe(0);
    expect(await recorded('more-code')).toMatchObject({
      mixture: { rationale: 'The web is smaller.', decidedBy: 'eve', approvedBy: null },
    });
  });

  it('stores weights that do not sum to one, and says so', async () => {
    const path = file('odd.yaml', planOf('odd', [0.5, 0.4]));
    const { out } = await tributary('decide', path, '--reason', 'r');
    expect(out).toContain('! shares_do_not_sum_to_one');
    expect(await recorded('odd')).toMatchObject({
      mixture: { warnings: [{ code: 'shares_do_not_sum_to_one' }] },
    });
  });

  it('decides every row of a table, and the documents of a file one by one', async () => {
    const table = file('sweep.csv', 'id,web,code\ns1,0.5,0.5\ns2,0.2,0.8\n');
    expect(await answer('decide', table, '--reason', 'a sweep')).toMatchObject({
      decisions: [{ mixture: 's1' }, { mixture: 's2' }],
    });
    expect(await recorded('s2')).toMatchObject({
      mixture: {
        rationale: 'a sweep',
        weights: [
          { slice: 'code', weight: 0.8 },
          { slice: 'web', weight: 0.2 },
        ],
      },
    });
    const several = `${planOf('d1', [1, 0])}---\n${planOf('more-code', [1, 0])}`;
    const { code, err } = await tributary('decide', file('several.yaml', several), '--reason', 'r');
    expect(code).toBe(1);
    expect(err).toContain('1 plan before it in the file is recorded');
    expect(await recorded('d1')).toMatchObject({ mixture: { rationale: 'r' } });
  });

  it.each([
    ['no-reason.yaml', planOf('m', [1, 0]), 'no rationale: say why with --reason'],
    [
      'mixed.yaml',
      planOf('m', [1, 0], 'rationale: r').replace('fromStep: 0', 'fromStep: 0\n    unit: epochs'),
      'mixed.yaml is no plan: a plan has one unit, and /phases/0/unit names another one',
    ],
    ['negative.yaml', planOf('m', [-1, 2], 'rationale: r'), '/phases/0/weights/0/weight'],
    ['unit.yaml', planOf('m', [1, 0], 'rationale: r').replace('token_share', 'bytes'), '/unit'],
    ['broken.yaml', 'phases: [', 'neither YAML nor JSON'],
    ['text.txt', 'hello\n', 'a plan in YAML or JSON has phases'],
    ['rows.csv', 'id,web,code\na,0.5,0.6\nb,0.5,0.5\n', 'the shares sum to 1.1'],
  ])('refuses %s, and says what is wrong', async (name, text, wrong) => {
    const { code, out, err } = await tributary('decide', file(name, text));
    expect({ out, failed: code > 0 }).toEqual({ out: '', failed: true });
    expect(err).toContain(wrong);
  });
});

describe('approve and supersede', () => {
  beforeAll(async () => {
    for (const id of ['a', 'b', 'c'])
      await tributary('decide', file(`${id}.yaml`, planOf(id, [1, 0], 'rationale: r\ndecidedBy: ada')));
  });

  it('record who did it, and why', async () => {
    expect(await answer('approve', 'a', '--actor', 'grace', '--reason', 'within the budget')).toMatchObject({
      mixture: 'a',
      warnings: [],
    });
    expect(await answer('supersede', 'a', 'b', '--reason', 'better', '--actor', 'eve')).toMatchObject({
      mixture: 'a',
      isNew: true,
      warnings: [],
    });
    expect(await recorded('a')).toMatchObject({
      mixture: { approvedBy: 'grace', supersededBy: 'b', warnings: [] },
    });
  });

  it.each([
    [['approve', 'nothing'], 'no plan of mixture nothing is recorded'],
    [['approve', 'b', '--actor', 'ada'], 'ada decided mixture b; somebody else approves it: --actor'],
    [['approve', 'b', '--actor', ''], 'approvedBy'],
    [['supersede', 'nothing', 'b', '--reason', 'r'], 'no plan of mixture nothing is recorded'],
    [['supersede', 'a', 'c', '--reason', 'r'], 'is superseded by b already'],
    [['supersede', 'b', 'b', '--reason', 'r'], 'cannot supersede itself'],
    [['supersede', 'b', 'a', '--reason', 'r'], 'supersedes, in turn'],
    [['supersede', 'b', 'c', '--reason', ''], 'reason'],
  ])('%j is refused, and records nothing', async (words, text) => {
    const before = await server.logEnd();
    const { code, err } = await tributary(...words);
    expect(code).toBe(1);
    expect(err).toContain(text);
    expect(await server.logEnd()).toBe(before);
  });

  it('flag a mixture that nobody decided, and a cycle that came another way', async () => {
    const { out } = await tributary('supersede', 'b', 'later', '--reason', 'r');
    expect(out).toContain('! successor_not_decided');
    expect(await recorded('a')).toMatchObject({ mixture: { warnings: [{ code: 'successor_not_decided' }] } });
    await tributary('decide', file('later.yaml', planOf('later', [1, 0], 'rationale: r')));
    expect(await recorded('a')).toMatchObject({ mixture: { warnings: [] } });
    await server.record(
      fact(
        'mixture.plan.superseded',
        { mixtureId: 'later', supersededBy: 'a', reason: 'r', actor: 'x' },
        'cycle',
      ),
    );
    await server.caughtUp();
    for (const id of ['a', 'b', 'later'])
      expect(await recorded(id)).toMatchObject({
        mixture: { warnings: [{ code: 'superseded_in_a_cycle' }] },
      });
  });
});

describe('predictions', () => {
  it('are shown beside what was found, once it was asked', async () => {
    const predicted = `rationale: r
decidedBy: ada
experimentId: drawn
predictedEffects:
  - { capability: reasoning, effect: -0.5, unit: bits, slice: code }
  - { capability: reasoning, effect: 0.5, unit: bits, slice: text, displacement: added_budget }
  - { capability: reasoning, effect: 0.5, unit: bits }
`;
    await tributary('decide', file('predicted.yaml', planOf('predicted', [1, 0], predicted)));
    await server.record(...ablation('drawn', { assignment: 'manual' }));
    await server.caughtUp();
    const before = await tributary('predictions', 'predicted');
    expect(before.out).toMatch(/not asked yet/);
    const [, question = ''] = /To ask: tributary (.*)/.exec(before.out) ?? [];
    expect(question).toBe(
      "attribute --experiment 'drawn' --slice 'code' --capability 'reasoning' --displacement 'proportional'",
    );
    const asked = await tributary(...question.replaceAll("'", '').split(' '));
    expect(asked.code).toBe(0);
    const after = await tributary('predictions', 'predicted');
    expect(after.out).toMatch(
      /code +reasoning +proportional +-0\.5 +bits +-0\.6 .* within +improves +controlled_ablation +answer:/,
    );
    expect(after.out).toMatch(/text +reasoning +added_budget .* not asked yet/);
    expect(after.out).toMatch(/without an estimand/);
    expect(after.out).not.toMatch(/after the fact|not verified|superseded/);
    expect(await answer('predictions', 'predicted')).toMatchObject({
      predictions: [{ state: 'found' }, { state: 'not_asked' }, { state: 'no_estimand' }],
      complete: true,
    });
    const unknown = await tributary('predictions', 'nothing', '--json');
    expect(JSON.parse(unknown.out)).toMatchObject({ refusal: 'unknown_mixture' });
  });
});
