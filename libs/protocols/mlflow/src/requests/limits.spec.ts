import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MlflowFault } from '../errors.ts';
import {
  batchOf,
  inputOf,
  LIMITS,
  newest,
  paramOf,
  pointOf,
  projectTagOf,
  requireAtMost,
  tagOf,
  timestampOf,
  truncated,
} from './limits.ts';

const text = (length: number) => 'x'.repeat(length);
const list = <Item>(length: number, item: (index: number) => Item) =>
  Array.from({ length }, (_, index) => item(index));
const metric = (more: object = {}) => ({ key: 'loss', value: 1, timestamp: 1, ...more });
const refused = (message: RegExp) =>
  expect.objectContaining({
    code: 'INVALID_PARAMETER_VALUE',
    message: expect.stringMatching(message),
  });

/** The fault that a call throws; undefined where it throws none. */
function faultOf(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a length', () => {
  it.each([
    ['a param key', LIMITS.key, (length: number) => paramOf({ key: text(length), value: '' })],
    ['a tag key', LIMITS.key, (length: number) => tagOf({ key: text(length), value: '' })],
    ['a metric key', LIMITS.key, (length: number) => pointOf(metric({ key: text(length) }))],
    ['a param value', LIMITS.param, (length: number) => paramOf({ key: 'k', value: text(length) })],
    ['a tag value', LIMITS.tag, (length: number) => tagOf({ key: 'k', value: text(length) })],
    [
      'the tag value of an experiment',
      LIMITS.projectTag,
      (length: number) => projectTagOf({ key: 'k', value: text(length) }),
    ],
    ['a dataset name', LIMITS.dataset.name, (length: number) => inputOf({ dataset: { name: text(length) } })],
    [
      'a dataset digest',
      LIMITS.dataset.digest,
      (length: number) => inputOf({ dataset: { name: 'n', digest: text(length) } }),
    ],
    [
      'a dataset source',
      LIMITS.dataset.source,
      (length: number) => inputOf({ dataset: { name: 'n', source: text(length) } }),
    ],
    [
      'a dataset schema',
      LIMITS.dataset.schema,
      (length: number) => inputOf({ dataset: { name: 'n', schema: text(length) } }),
    ],
    [
      'an input tag key',
      LIMITS.inputTagKey,
      (length: number) => inputOf({ dataset: { name: 'n' }, tags: [{ key: text(length), value: '' }] }),
    ],
    [
      'an input tag value',
      LIMITS.inputTag,
      (length: number) => inputOf({ dataset: { name: 'n' }, tags: [{ key: 'k', value: text(length) }] }),
    ],
  ])('of %s is accepted up to its limit and refused beyond it', (_what, limit, read) => {
    expect(faultOf(() => read(limit))).toBeUndefined();
    expect(faultOf(() => read(limit + 1))).toEqual(
      refused(new RegExp(`is ${limit + 1} characters long; at most ${limit} are allowed`)),
    );
  });
});

describe('a batch', () => {
  it.each([
    ['metrics', LIMITS.metrics, (length: number) => ({ metrics: list(length, (step) => metric({ step })) })],
    [
      'params',
      LIMITS.params,
      (length: number) => ({ params: list(length, (index) => ({ key: `p${index}`, value: '' })) }),
    ],
    [
      'tags',
      LIMITS.tags,
      (length: number) => ({ tags: list(length, (index) => ({ key: `t${index}`, value: '' })) }),
    ],
    [
      'metrics, params and tags',
      LIMITS.batch,
      (length: number) => ({
        metrics: list(length - 2, (step) => metric({ step })),
        params: [{ key: 'p', value: '' }],
        tags: [{ key: 't', value: '' }],
      }),
    ],
  ])('contains as many %s as its limit and no more', (what, limit, body) => {
    expect(faultOf(() => batchOf(body(limit), 0))).toBeUndefined();
    expect(faultOf(() => batchOf(body(limit + 1), 0))).toEqual(
      refused(new RegExp(`at most ${limit} ${what}, this one has ${limit + 1}`)),
    );
  });

  it('has a million bytes and no more', () => {
    expect(batchOf({}, LIMITS.batchBytes)).toEqual({ points: [], params: [], tags: [] });
    expect(faultOf(() => batchOf({}, LIMITS.batchBytes + 1))).toEqual(refused(/1000001; send several/));
  });

  it('accepts a param that is given the same value twice, and keeps it once', () => {
    const param = { key: 'p', value: '1' };
    expect(batchOf({ params: [param, param] }, 0).params).toEqual([param]);
  });

  it('keeps the last value of a tag that is given twice', () => {
    const tags = ['a', 'b'].map((value) => ({ key: 't', value }));
    expect(batchOf({ tags }, 0).tags).toEqual([{ key: 't', value: 'b' }]);
  });

  it('keeps each point, also those that are equal', () => {
    expect(batchOf({ metrics: [metric(), metric()] }, 0).points).toHaveLength(2);
  });

  it.each(['metrics', 'params', 'tags'])('is refused where its %s are no list of objects', (name) => {
    for (const value of ['x', 7, {}, ['x'], [null]])
      expect(faultOf(() => batchOf({ [name]: value }, 0))).toEqual(refused(/must be a list of objects/));
  });
});

describe('a key', () => {
  const accepted = (key: string) => faultOf(() => tagOf({ key })) === undefined;

  it.each(['a', 'a/b', 'a b', 'a.b', 'a-b_c:d', 'größe', '学習率', '1', '...', 'a/..b', ' '])(
    'can be %j',
    (key) => {
      expect(accepted(key)).toBe(true);
    },
  );

  it.each([
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    './a',
    'a/./b',
    'a/../b',
    '../a',
    'a\\b',
    'a?',
    'a"b',
    '😀',
    'a\nb',
  ])('cannot be %j, which is no relative path of letters', (key) => {
    expect(faultOf(() => tagOf({ key }))).toEqual(refused(/must be a relative path/));
  });

  it('is the same path after it is resolved', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '.', '/', ' '), minLength: 1, maxLength: 8 }),
        (key) => {
          if (!accepted(key)) return;
          expect(new URL(key.replaceAll(' ', '%20'), 'x://h/base/').pathname).toBe(
            `/base/${key.replaceAll(' ', '%20')}`,
          );
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });

  it('is required', () => {
    for (const key of [undefined, null, ''])
      expect(faultOf(() => paramOf({ key, value: 'x' }))).toEqual(refused(/key is missing/));
  });
});

describe('a value', () => {
  it('of a param or a tag is empty where it is absent', () => {
    expect([paramOf({ key: 'k' }), tagOf({ key: 'k', value: null })]).toEqual([
      { key: 'k', value: '' },
      { key: 'k', value: '' },
    ]);
  });

  it('of a param or a tag is refused where it is no string', () => {
    expect(faultOf(() => paramOf({ key: 'k', value: 7 }))).toEqual(refused(/value must be a string/));
    expect(faultOf(() => tagOf({ key: 'k', value: 'a\0b' }))).toEqual(refused(/NUL/));
  });
});

describe('a point', () => {
  it('has the step 0 where none is stated', () => {
    expect(pointOf(metric())).toEqual({ key: 'loss', value: 1, timestamp: 1, step: 0 });
  });

  it('names the model and the dataset that it was measured with', () => {
    const named = { model_id: 'm', dataset_name: 'web', dataset_digest: 'd' };
    expect(pointOf(metric(named))).toMatchObject({
      modelId: 'm',
      datasetName: 'web',
      datasetDigest: 'd',
    });
    const unnamed = { model_id: '', dataset_name: null, dataset_digest: '' };
    expect(pointOf(metric(unnamed))).toEqual(pointOf(metric()));
  });

  it.each([
    ['value', undefined, /value must be a number, not nothing/],
    ['value', true, /value must be a number, not true/],
    ['step', 1.5, /step must be a whole number/],
    ['timestamp', undefined, /timestamp must be a whole number/],
    ['timestamp', 'now', /timestamp must be a whole number/],
  ])('is refused where its %s is %j', (name, value, message) => {
    expect(faultOf(() => pointOf(metric({ [name]: value })))).toEqual(refused(message));
  });

  it.each([
    [0, true],
    [-1, false],
    [9_007_199_254_740, true],
    [9_007_199_254_741, false],
  ])('at %i ms has a time that is exact in microseconds: %j', (time, isExact) => {
    expect(faultOf(() => timestampOf({ time }, 'time')) === undefined).toBe(isExact);
    expect(Number.isSafeInteger(time * 1000) && time >= 0).toBe(isExact);
  });
});

describe('an input', () => {
  it('has its fields and tags, without those that are empty', () => {
    const dataset = { name: 'web', digest: 'd', source_type: 's3', source: 'b', schema: '', profile: '{}' };
    const tags = [{ key: 'a', value: 'x' }, { key: 'b' }];
    expect(inputOf({ dataset, tags })).toEqual({
      name: 'web',
      digest: 'd',
      sourceType: 's3',
      source: 'b',
      profile: '{}',
      tags: { a: 'x', b: '' },
    });
  });

  it('can have a tag with the name of a property of every object', () => {
    const { tags } = inputOf({ dataset: { name: 'n' }, tags: [{ key: '__proto__', value: 'x' }] });
    expect(Object.entries(tags)).toEqual([['__proto__', 'x']]);
  });

  it.each([[{}], [{ dataset: 'web' }], [{ dataset: { digest: 'd' } }], [{ dataset: { name: '' } }]])(
    'is refused without the name of its dataset: %j',
    (body) => {
      expect(faultOf(() => inputOf(body))).toEqual(refused(/name is missing/));
    },
  );
});

describe('truncated text', () => {
  it('has UTF-8 form and at most the given length, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 20 }), (whole, length) => {
        const cut = truncated(whole, length);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut).toHaveLength(Math.min(length, whole.length));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('is the text itself where it is short enough', () => {
    expect([truncated('a😀', 3), truncated('a😀', 2)]).toEqual(['a😀', 'a\ufffd']);
  });
});

it('gives one pair for each key, with the last value', () => {
  const pairs = fc.array(fc.record({ key: fc.constantFrom('a', 'b', '__proto__'), value: fc.string() }));
  fc.assert(
    fc.property(pairs, (sent) => {
      const kept = newest(sent);
      expect(new Set(kept.map(({ key }) => key)).size).toBe(kept.length);
      for (const { key, value } of kept) expect(sent.findLast((pair) => pair.key === key)?.value).toBe(value);
      expect(newest(kept)).toEqual(kept);
    }),
    { seed: 7 },
  );
});

it('counts up to a limit, inclusively', () => {
  expect(faultOf(() => requireAtMost('runs', 100, 100))).toBeUndefined();
  expect(faultOf(() => requireAtMost('runs', 101, 100))).toBeInstanceOf(MlflowFault);
});
