import { folderOf, importers } from '@tributary/importers';
import { expect, it } from 'vitest';
import { importRequest, kindRules, refuseUntaken } from './import-options.ts';

it.each([
  [{}, {}],
  [
    { name: 'n', assignment: 'manual' as const },
    { name: 'n', assignment: 'manual' },
  ],
  [
    { assignment: 'randomised' as const, randomisation: 'Dirichlet over 17 domains; seed 42' },
    { assignment: 'randomised', randomisation: { method: 'Dirichlet over 17 domains; seed 42', seed: '42' } },
  ],
  [
    { assignment: 'randomised' as const, randomisation: 'shuffled, seed=0x2a' },
    { assignment: 'randomised', randomisation: { method: 'shuffled, seed=0x2a', seed: '0x2a' } },
  ],
  [
    { model: 'm', run: 'r', unit: 'nats' },
    { model: 'm', run: 'r', unit: 'nats' },
  ],
])('takes %j', (options, request) => {
  expect(importRequest(options)).toEqual(request);
});

it.each([
  [{ assignment: 'randomised' as const }, 'needs the record'],
  [{ assignment: 'randomised' as const, randomisation: 'by dice' }, 'needs the record'],
  [{ model: ' ' }, '--model needs a name'],
  [{ unit: 'u'.repeat(65) }, '--unit needs a name of 1 to 64'],
  [{ name: 'a', run: 'b' }, 'exclude each other'],
  [{ randomisation: 'seed 1' }, 'goes with --assignment randomised'],
])('refuses %j as wrong usage', (options, text) => {
  expect(() => importRequest(options)).toThrow(
    expect.objectContaining({ code: 2, message: expect.stringContaining(text) }),
  );
});

it('reads rules for kinds: of everything, and of a path that may contain an equals sign', () => {
  expect(kindRules(['sweep', 'evals/a=b=lm-eval'], importers)).toEqual([
    { path: '', kind: 'sweep' },
    { path: 'evals/a=b', kind: 'lm-eval' },
  ]);
  expect(kindRules([], importers)).toEqual([]);
});

it.each(['mlfow', 'evals=', '=constructor'])('refuses the rule %s and lists the kinds', (rule) => {
  expect(() => kindRules([rule], importers)).toThrow(
    expect.objectContaining({ refusal: 'kind_unknown', message: expect.stringContaining('sweep') }),
  );
});

const sourceOf = (kind: string, ...paths: string[]) =>
  importers
    .filter((importer) => importer.kind === kind)
    .map((importer) => ({
      importer,
      folder: folderOf('some', Object.fromEntries(paths.map((path) => [path, '']))),
      confidence: 1,
      evidence: [],
    }));

it('passes over no name in silence: a kind that does not take it is refused, and one run is not two', () => {
  const scores = sourceOf('lm-eval', 'a.json');
  const logs = sourceOf('megatron-log', 'a.log');
  expect(() => refuseUntaken(scores, { model: 'm' }, importers)).not.toThrow();
  expect(() => refuseUntaken(logs, { run: 'r' }, importers)).not.toThrow();
  const refused = (refusal: string, text: RegExp) =>
    expect.objectContaining({ refusal, message: expect.stringMatching(text) });
  expect(() => refuseUntaken([...scores, ...logs], { model: 'm' }, importers)).toThrow(
    refused('model_not_taken', /^--model says nothing to megatron-log, as which a\.log is read.*lm-eval/),
  );
  expect(() => refuseUntaken(scores, { unit: 'nats' }, importers)).toThrow(
    refused('unit_not_taken', /lm-eval/),
  );
  expect(() => refuseUntaken(scores, { run: 'r' }, importers)).toThrow(refused('run_not_taken', /lm-eval/));
  const two = [...logs, ...sourceOf('megatron-log', 'b.log')];
  expect(() => refuseUntaken(two, { run: 'r' }, importers)).toThrow(
    refused('run_of_several', /a\.log and b\.log are two/),
  );
});
