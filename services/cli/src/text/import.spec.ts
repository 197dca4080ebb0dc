import { describe, expect, it } from 'vitest';
import type { ImportAnswer } from '../import-answer.ts';
import { foundText, importText, planText } from './import.ts';

const answer: ImportAnswer = {
  kind: 'sweep',
  sources: [],
  unrecognised: [],
  skipped: [],
  ambiguous: [],
  appended: 1200,
  duplicates: 1,
  byType: { 'training.run.ended': 1200 },
  unresolved: 0,
  unresolvedReferences: [],
  warnings: [],
  rejected: [],
  dryRun: false,
};

describe('the result of an import', () => {
  it('counts what was appended, by type', () => {
    expect(importText(answer)).toBe(
      [
        'sweep: 1,200 events appended, 1 duplicate',
        '',
        'type                events',
        'training.run.ended   1,200',
      ].join('\n'),
    );
  });

  it('counts what would be created where nothing was written', () => {
    const plan = { events: 3, byType: { 'training.run.started': 3 }, experiments: [] };
    const text = importText({ ...answer, dryRun: true, plan });
    expect(text).toContain('sweep: nothing was written');
    expect(text).toContain('training.run.started       3');
    expect(text).not.toContain('1,200');
  });

  it('lists warnings, unresolved references and rejected rows with their number', () => {
    const text = importText({
      ...answer,
      raw: { kept: 2, known: 1, withheld: 3 },
      warnings: [{ code: 'harness_unknown', count: 4, example: 'evals/r.json' }],
      unresolvedReferences: [{ source: 'a.csv:2', pointer: '', reason: 'no run r' }],
      rejected: [{ source: 'a.csv:3', pointer: 'web', reason: 'is empty' }],
    });
    expect(text).toContain('raw files: 2 kept, 1 known, 3 not kept');
    expect(text).toContain('warnings: 1\n  harness_unknown × 4: evals/r.json');
    expect(text).toContain('unresolved: 1\n  a.csv:2: no run r');
    expect(text).toContain('rejected: 1\n  a.csv:3, web: is empty');
  });

  it('shortens a long list and says where the whole is', () => {
    const rejected = Array.from({ length: 25 }, (_, row) => ({
      source: `a:${row}`,
      pointer: '',
      reason: 'x',
    }));
    const text = importText({ ...answer, rejected });
    expect(text).toContain('rejected: 25\n  a:0: x');
    expect(text).toContain('  and 5 more (--json lists all)');
    expect(text).not.toContain('a:20');
  });

  it('prints no control characters of a file', () => {
    const rejected = [{ source: 'a\u001b[2J', pointer: '', reason: 'x\r' }];
    const text = importText({ ...answer, rejected });
    expect(text.includes('\u001b') || text.includes('\r')).toBe(false);
  });
});

describe('what was recognised', () => {
  const kind = { kind: 'sweep', sources: 2, files: 4, confidence: 0.9, evidence: ['a', 'b', 'c', 'd', 'e'] };

  it('names kinds with their confidence and some of the evidence', () => {
    expect(foundText({ sources: [kind], unrecognised: [], ambiguous: [], skipped: [] })).toBe(
      ['recognised sweep: 2 sources in 4 files (confidence 0.90)', '  a', '  b', '  c', '  and 2 more'].join(
        '\n',
      ),
    );
  });

  it('names files that were left out, and why', () => {
    const ambiguous = [{ path: 'x.json', kinds: ['lm-eval', 'lighteval'] }];
    expect(
      foundText({
        sources: [],
        unrecognised: ['LICENSE'],
        ambiguous,
        skipped: [{ path: '.git', reason: 'hidden' }],
      }),
    ).toBe(
      [
        'left out as ambiguous: 1 file',
        '  x.json: lm-eval or lighteval',
        'unrecognised: 1 file',
        '  LICENSE',
        'not looked at: 1',
        '  .git: hidden',
      ].join('\n'),
    );
  });
});

it('describes the experiments that a plan would create', () => {
  const experiment = {
    experiment: 'lab',
    mixtures: 1,
    runs: 12,
    arms: { train: 10, held_out: 2 },
    scores: 24,
    slices: ['web', 'code'],
    capabilities: ['math', 'code'],
  };
  expect(planText({ events: 40, byType: {}, experiments: [experiment] })).toBe(
    'would create 40 events\n  lab: 1 mixture, 12 runs (10 train arms, 2 held out), 24 scores, 2 slices, 2 capabilities',
  );
});
