import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ADJUSTMENT } from './text/adjustment.fixture.ts';
import { FAMILY } from './text/family.fixture.ts';
import { decompositionLines } from './text/decomposition.ts';
import { attributeAnswer, effectsText } from './text/effects.ts';
import type { Attribution } from './text/effects.ts';
import { experimentsAnswer } from './commands/experiments.ts';
import type { ExperimentPage } from './commands/experiments.ts';
import { experimentsText } from './text/experiments.ts';
import { exposureAnswer } from './commands/exposure.ts';
import type { Exposure } from './commands/exposure.ts';
import { statusAnswer, statusText } from './commands/status.ts';
import { answerAnswer, answersAnswer, answersText, answerText } from './text/answers.ts';
import type { KeptAnswer } from './text/answers.ts';
import { sourceText } from './commands/source.ts';
import { importAnswer } from './import-answer.ts';
import { ImportTally } from './import-tally.ts';
import { predictAnswer } from './prediction.ts';

const schemas = join(import.meta.dirname, '../../../schemas');
const answers = join(schemas, 'answers');

/** The first violation of an answer's schema, or undefined. */
function violation(name: string, answer: unknown) {
  const check = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(answers, `${name}.json`), 'utf8')),
  );
  return check(JSON.parse(JSON.stringify(answer))) ? undefined : check.errors?.[0];
}

const asOf = { position: '12', time: '2026-11-24T10:00:00Z' };
const end = { asOf, complete: true, lag: 0 };

describe('the JSON that the command prints', () => {
  it('is an import answer, written or not', () => {
    const rejected = [{ source: 'a.csv:3', pointer: 'web', reason: 'is empty' }];
    const tally = new ImportTally();
    const plan = { events: 2, byType: { 'training.run.ended': 2 }, experiments: [] };
    const warnings = [{ code: 'harness_unknown', count: 2, example: 'x' }];
    for (let source = 0; source < 2; source += 1)
      tally.read({ plan, warnings, rejected, unresolved: rejected });
    const planned = importAnswer(tally, { kind: 'events', dryRun: true, plan: tally.plan });
    expect(planned).toMatchObject({
      kind: 'events',
      appended: 0,
      plan: { events: 4, byType: { 'training.run.ended': 4 } },
      warnings: [{ code: 'harness_unknown', count: 4, example: 'x', others: ['x'] }],
    });
    expect(violation('import', planned)).toBeUndefined();
    tally.append({ appended: 2, duplicates: 1, byType: { 'training.run.ended': 2 }, rejected });
    const kind = { kind: 'sweep', sources: 1, files: 2, confidence: 1, evidence: ['why'] };
    const ambiguous = [{ path: 'a', kinds: ['b', 'c'] }];
    const skipped = [{ path: '.git', reason: 'hidden' }];
    const found = { sources: [kind], unrecognised: ['LICENSE'], ambiguous, skipped };
    const raw = { kept: 1, known: 0, withheld: 1 };
    const answer = importAnswer(tally, { found, raw, dryRun: false });
    expect(answer).toMatchObject({ kind: 'sweep', appended: 2, duplicates: 1, unresolved: 2, dryRun: false });
    expect(answer.rejected).toHaveLength(3);
    expect(violation('import', answer)).toBeUndefined();
  });

  it('is the source of a fact, with or without an excerpt', () => {
    const found = {
      position: '2',
      id: 'i',
      source: 's',
      type: 'training.run.ended',
      sha256: 'a'.repeat(64),
      pointer: 'line:2',
      kept: false,
      excerpt: null,
    };
    expect(violation('source', found)).toBeUndefined();
    expect(violation('source', { ...found, kept: true, excerpt: 'a,0.5,0.5' })).toBeUndefined();
    expect(sourceText(found)).toContain('the file itself is not kept');
    expect(sourceText({ ...found, kept: true, excerpt: 'a\u001b[2J' })).not.toContain('\u001b');
  });

  it('is an exposure answer that names shards only where it has them', () => {
    const counted = { unit: 'token', tokens: 5, amount: 5 } as const;
    const more = { inherited: 0, share: 1, repetition: null, method: 'declared' } as const;
    const row = { slice: 'code', unknown: false, shard: null, same: [], ...counted, ...more };
    const head = { run: 'r', step: 3, checkpoint: null, by: 'domain', attribute: null } as const;
    const sums = { unit: 'token', total: 5, totals: [{ ...counted, inherited: 0 }], prorated: 0 } as const;
    const exposure: Exposure = {
      ...head,
      ...sums,
      rows: [row],
      reason: null,
      evidence: ['3'],
      evidenceTotal: 1,
      ...end,
    };
    const answer = exposureAnswer(exposure);
    expect(answer.rows).toEqual([{ slice: 'code', unknown: false, ...counted, ...more }]);
    expect(violation('exposure', answer)).toBeUndefined();
    const sharded = exposureAnswer({ ...exposure, by: 'shard', rows: [{ ...row, shard: 's', same: ['t'] }] });
    expect(violation('exposure', sharded)).toBeUndefined();
  });

  it('is a list of experiments that says why those were found that nobody assigned', () => {
    const arm = { arm: 'm', design: 'controlled_ablation' } as const;
    const lab = {
      id: 'lab',
      origin: 'assigned',
      runs: 2,
      slices: ['a'],
      capabilities: ['c'],
      arms: [arm],
      why: null,
    };
    const leftOut = [
      { reason: 'no_exposure', runs: 3, text: '3 runs without recorded exposure: r\u001b1.' },
    ] as const;
    const pair = { more: 'm', less: 'n', slice: 'a', displacement: 'swap:b', sharedSeeds: 3 };
    const why = { text: '6 runs agree.', notRecorded: ['code'], pairs: [pair], pairsTotal: 1, leftOut: [] };
    const list = {
      nodes: [lab, { ...lab, id: 'found:lm-1', origin: 'found', why }],
      leftOut,
      pageInfo: { hasNextPage: false, endCursor: null },
      reason: null,
      ...end,
    } as unknown as ExperimentPage;
    expect(violation('experiments', experimentsAnswer(list))).toBeUndefined();
    const text = experimentsText(list);
    expect(text).toContain('found:lm-1: 6 runs agree.');
    expect(text).toContain('--experiment found:lm-1 --slice a --displacement swap:b');
    expect(text).toContain('in no experiment:\n  3 runs without recorded exposure: r\uFFFD1.');
    expect(experimentsText({ ...list, nodes: [], leftOut: [] })).toContain('there is no experiment');
  });

  it('is a prediction with one surface where outcomes share it, and with each where they do not', () => {
    const surface = { outcome: 'a', id: 'scheffe', version: '1', unit: 'nats', chosenBy: 'error 0.1' };
    const rows = [
      { key: 'k', mean: [1, 2], low: [0, 1], high: [2, 3], extrapolates: false, hullDistance: null },
    ];
    const prediction = {
      __typename: 'Prediction' as const,
      experiment: 'e',
      outcomes: ['a', 'b'],
      rows,
      warnings: [],
      ...end,
    };
    const same = predictAnswer({ ...prediction, surfaces: [surface, { ...surface, outcome: 'b' }] });
    expect(same.surface).toEqual({ id: 'scheffe', version: '1', chosenBy: 'error 0.1' });
    expect(same).not.toHaveProperty('surfaces');
    expect(same.rows[0]).toMatchObject({
      key: 'k',
      mean: { a: 1, b: 2 },
      low: { a: 0, b: 1 },
      high: { a: 2, b: 3 },
    });
    expect(violation('predict', same)).toBeUndefined();
    const mixed = predictAnswer({
      ...prediction,
      surfaces: [surface, { ...surface, outcome: 'b', id: 'gp' }],
    });
    expect(mixed).toMatchObject({ surface: { id: 'mixed', version: '1' }, surfaces: { b: { id: 'gp' } } });
    expect(violation('predict', mixed)).toBeUndefined();
  });

  it('is a status with counts by type', () => {
    const counts = [{ type: 'training.run.ended', count: 2 }];
    const status = {
      version: '0.1.0',
      directory: '/d',
      log: asOf,
      projected: { position: '0', time: null },
      counts,
      fault: null,
      lag: 0,
      deadLetters: { parked: 1, replayed: 0, discarded: 0 },
      readinessConditions: [{ code: 'tables_stopped', detail: 'the tables do not follow: the disk is full' }],
    };
    const answer = statusAnswer({ ...status, complete: true, unprojected: 0 });
    expect(answer.counts).toEqual({ 'training.run.ended': 2 });
    expect(violation('status', answer)).toBeUndefined();
    const text = statusText({ ...status, complete: false, unprojected: 1 });
    expect(text).toContain('dead letters: 1 parked, 0 replayed, 0 discarded\n1 event left out of the tables');
    expect(text).toContain('NOT complete: 1 event left out of the tables');
  });

  it('is a list of effects that are each complete by themselves', () => {
    const interval = { low: 0, high: 1, level: 0.95, method: 'welch' };
    const part = { estimate: 0.5, interval, identification: 'randomised' } as const;
    const decomposition = {
      bundle: part,
      receivers: [
        {
          receiver: 'web',
          weight: 0.75,
          arm: 'to_web',
          own: part,
          displaced: { ...part, estimate: 0, interval: null },
          gaveWay: { ...part, estimate: 0.375 },
          held: null,
          moved: null,
          needed: null,
          warnings: [{ code: 'w', text: 'of the arm' }],
        },
        {
          receiver: 'math',
          weight: 0.25,
          arm: null,
          own: null,
          displaced: null,
          gaveWay: null,
          held: null,
          moved: null,
          needed: { displacement: 'swap:math', shares: [{ slice: 'math', share: 1 }], runs: 3, seeds: ['1'] },
          warnings: [],
        },
      ],
      remainder: { ...part, estimate: 0.125 },
      notSeparated: ['math'],
      notIdentified: { code: 'decomposition_not_identified', text: 'Needs the arms swap:math.' },
      evidence: ['4'],
    };
    const effect: Attribution['effects'][number] = {
      estimand: { kind: 'presence', slice: 'code', capability: 'c', contrast: null, text: 't' },
      displacement: 'proportional',
      effect: 0.5,
      interval,
      otherIntervals: [interval],
      unit: 'score',
      identification: 'randomised',
      verdict: 'positive',
      interpretation: 'improves',
      pValue: 0.01,
      qValue: null,
      n: { runs: 10, seeds: 5 },
      estimator: { id: 'welch', version: '1' },
      chosenBy: null,
      slope: { cox: 1, gateaux: null, interval },
      relativeChange: {
        percentChangeOfMeans: 1,
        meanOfPercentChanges: 1,
        standardError: null,
        interval: null,
      },
      minimumDetectableEffect: null,
      differences: [
        { field: 'hardware', state: 'not_recorded', values: [{ value: null, more: 5, less: 5 }] },
      ],
      warnings: [{ code: 'x', text: 'y' }],
      negativeControls: [
        {
          name: 'n',
          outcome: 'passed',
          trials: 20,
          falsePositives: 1,
          attainableLevel: 0.05,
          planted: null,
          found: null,
          text: 't',
          controlOutcome: { capability: 'd', effect: 0, interval, minimumDetectableEffect: 1, unit: 'score' },
        },
      ],
      evidence: ['4'],
      proxy: { model: '1m', parameters: null },
      randomSeed: 1,
      decomposition,
      adjustment: ADJUSTMENT,
    };
    const attribution = (effects: Attribution['effects']): Attribution => ({
      experiment: 'e',
      questions: 1,
      family: FAMILY,
      effects,
      ...end,
    });
    const answer = (effects: Attribution['effects']) => attributeAnswer(attribution(effects));
    expect(answer([effect])).toMatchObject([{ experiment: 'e', questions: 1, asOf, complete: true }]);
    expect(violation('attribute', answer([effect]))).toBeUndefined();
    expect(
      violation('attribute', answer([{ ...effect, decomposition: null, adjustment: null }])),
    ).toBeUndefined();
    for (const recorded of [{ kept: 'answer:0f' }, { unrecorded: 'the disk is full' }])
      expect(violation('attribute', attributeAnswer(attribution([effect]), recorded))).toBeUndefined();
    const [control] = effect.negativeControls;
    const words = { interpretation: 'associated_with_worse', identification: 'associational' } as const;
    const controls = [{ ...control!, outcome: 'cannot_tell' as const }];
    const untold = { ...effect, ...words, negativeControls: controls };
    const table = effectsText(attribution([effect, untold]));
    expect(table).toMatch(/improves +randomised/);
    expect(table).toMatch(/is associated with worse +associational/);
    expect(table).toContain('negative control outcome passed: t\n');
    expect(table).toContain('Controls: 1 passed, 1 cannot tell (too few distinct trials)');
    expect(table).toContain('corrected together (benjamini_hochberg): All tests.');
    const text = decompositionLines([effect]).join('\n');
    expect(text).toMatch(/code on c +web +0\.75 +0\.5 +\[0, 1\] +0 +- +0\.375 +\[0, 1\] +randomised/);
    expect(text).toMatch(/code on c +\(remainder\) +0\.125 +\[0, 1\]/);
    expect(text).toContain('! in the place of web: w: of the arm (code on c)');
    expect(text).toContain('! Needs the arms swap:math. (code on c)');
    expect(decompositionLines([{ ...effect, decomposition: null }])).toEqual([]);
  });
});

describe('a kept answer', () => {
  const question = {
    experiment: 'lab',
    capabilities: null,
    slices: ['code'],
    displacement: 'swap:web',
    family: 'f',
  };
  const summary = {
    id: '0f'.repeat(32),
    asked: JSON.stringify(question),
    estimator: 'controlled_ablation.welch',
    estimatorVersion: '5',
    inputPosition: '9',
    position: '11',
    resultDigest: 'a'.repeat(64),
    laterAnswer: null,
    verification: 'verified',
  } as const;
  const effects = { kind: 'effects', version: 2, experiment: 'lab', questions: 1, effects: [] };
  const result = JSON.stringify({
    ...effects,
    family: { procedure: 'b', name: 'f', tests: 0, earlier: 0, text: '', decisions: [] },
  });
  const kept: KeptAnswer = {
    ...summary,
    question: 'q',
    result,
    state: 'current',
    changes: [],
    reason: null,
    familyNow: null,
    evidence: ['3'],
    evidenceTotal: 1,
    ...end,
  };
  const rerun = {
    same: false,
    resultDigest: 'b',
    estimator: 'controlled_ablation.welch',
    estimatorVersion: '6',
    refusal: null,
    differencesTotal: 1,
    differences: [
      {
        pointer: '/effects/0/effect',
        kept: '1',
        now: null,
      },
    ],
  };
  const changes = [
    { changed: '3', by: '12', type: 'evaluation.score.invalidated', reason: 'leak', actor: 'mara' },
  ];

  it('is printed by its schema, and listed by its schema', () => {
    expect(violation('answer', answerAnswer(kept))).toBeUndefined();
    const other = { ...kept, asked: '', state: 'superseded', changes, rerun } as const;
    expect(violation('answer', answerAnswer(other))).toBeUndefined();
    const listed = { nodes: [summary], reason: null, ...end };
    expect(violation('answers', answersAnswer(listed))).toBeUndefined();
    expect(answersText(listed)).toMatch(
      /answer:0f0f0f0f0f0f0f0f +lab: code on all capabilities, displacement swap:web +f/,
    );
    const unchecked = { ...listed, nodes: [{ ...summary, verification: 'not_checked' as const }] };
    expect(answersText(unchecked)).toMatch(/not checked\n\n.*\nanswers --verify/);
    expect(answersText({ ...listed, nodes: [] })).toContain('No answer is kept yet');
  });

  it('says whether it stands, what changed it, and how a rerun differs', () => {
    expect(answerText(kept)).toContain('current: no later answer');
    expect(answerText(kept)).toContain('verified: the estimators compute the same bytes');
    expect(answerText({ ...kept, verification: 'differs' })).toContain('NOT verified: the same versions');
    const text = answerText({ ...kept, state: 'superseded', changes, laterAnswer: 'e'.repeat(64), rerun });
    expect(text).toContain('a later answer to the question: answer:eeeeeeeeeeeeeeee');
    expect(text).toContain(
      'position 3 was changed by evaluation.score.invalidated at position 12: leak (mara)',
    );
    expect(text).toContain(
      '1 member of the result differs, by controlled_ablation.welch 6 (kept: controlled_ablation.welch 5)',
    );
    expect(text).toContain('/effects/0/effect: 1 is now absent');
    expect(answerText({ ...kept, rerun: { ...rerun, same: true } })).toContain(
      'as of position 9: same bytes',
    );
    expect(answerText({ ...kept, rerun: { ...rerun, refusal: 'No.' } })).toContain('computed again: No.');
    expect(answerText({ ...kept, result: '{"effect":1}' })).toContain('{"effect":1}');
    const word = { hypothesis: 'h', qValue: 0.01, qValueNow: 0.2 };
    const changed = { ...word, interpretation: 'improves', interpretationNow: 'inconclusive' } as const;
    const familyNow = { name: 'lab', testsThen: 1, tests: 9, effects: [changed] };
    expect(violation('answer', answerAnswer({ ...kept, familyNow }))).toBeUndefined();
    const grown = answerText({ ...kept, familyNow });
    expect(grown).toContain(
      'its family lab holds 9 tests by now; it was corrected over 1; these words change',
    );
    expect(grown).toContain('h: improves (q 0.01), by now inconclusive (q 0.2)');
  });
});
