import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MlflowFault } from '../errors.ts';
import { float, integer, objects, optionalString, requiredString, runIdOf, strings } from './fields.ts';
import {
  isInView,
  jsonNumber,
  modelStatusLabel,
  modelStatusOf,
  runStatusLabel,
  runStatusOf,
  stageOf,
  viewOf,
} from './labels.ts';
import { inputOf, newest, requireAtMost } from './limits.ts';
import { nextToken, pageOf } from './page.ts';

describe('a field', () => {
  it('is a string, or absent where it is null', () => {
    expect(optionalString({ name: 'x' }, 'name')).toBe('x');
    expect(optionalString({ name: null }, 'name')).toBeUndefined();
    expect(requiredString({ name: 'x' }, 'name')).toBe('x');
  });

  it.each([
    [{ name: 7 }, /name must be a string/],
    [{ name: '\0' }, /NUL/],
    [{ name: '\ud800' }, /surrogate/],
    [{ name: '' }, /name is missing/],
    [{}, /name is missing/],
  ])('is refused in %j', (fields, message) => {
    expect(() => requiredString(fields, 'name')).toThrow(message);
  });

  it('names a run by its present or its former name', () => {
    expect([runIdOf({ run_id: 'a', run_uuid: 'b' }), runIdOf({ run_uuid: 'b' })]).toEqual(['a', 'b']);
    expect(() => runIdOf({})).toThrow(MlflowFault);
  });

  it('is an integer or its text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (number) => {
        expect(integer({ step: number }, 'step')).toBe(number);
        expect(integer({ step: String(number) }, 'step')).toBe(number);
      }),
    );
    expect(integer({}, 'step', 0)).toBe(0);
    for (const step of [1.5, '1.5', 2 ** 53, '', null, true])
      expect(() => integer({ step }, 'step')).toThrow(/whole number/);
  });

  it('is any number, also one that JSON does not have', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const sent: unknown = JSON.parse(JSON.stringify({ value: jsonNumber(value) }));
        expect(float(Object(sent), 'value')).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(float({ value: '1e3' }, 'value')).toBe(1000);
    for (const value of ['many', '', ' ', null, [], 'toString'])
      expect(() => float({ value }, 'value')).toThrow(/must be a number/);
  });

  it('is a list of objects or of strings', () => {
    expect(objects({}, 'tags')).toEqual([]);
    expect(strings({ ids: 'one' }, 'ids')).toEqual(['one']);
    expect(() => objects({ tags: ['x'] }, 'tags')).toThrow(/list of objects/);
    expect(() => strings({ ids: [1] }, 'ids')).toThrow(/list of strings/);
  });
});

describe('an enumeration', () => {
  it('is read by label and by number, and written by label', () => {
    expect([
      runStatusOf('FINISHED'),
      runStatusOf(3),
      runStatusOf('SCHEDULED'),
      runStatusOf(undefined),
    ]).toEqual(['completed', 'completed', 'running', undefined]);
    expect([
      runStatusLabel('running'),
      runStatusLabel('stopped'),
      runStatusLabel(''),
      runStatusLabel('planned'),
    ]).toEqual(['RUNNING', 'KILLED', undefined, 'SCHEDULED']);
    expect([modelStatusOf(2), modelStatusLabel('failed')]).toEqual(['ready', 'LOGGED_MODEL_UPLOAD_FAILED']);
  });

  it.each(['constructor', '__proto__', 'running', 0, null, {}])('refuses %j', (value) => {
    expect(() => modelStatusOf(value)).toThrow(/status must be one of/);
  });

  it('selects a view', () => {
    expect([viewOf(undefined), viewOf('DELETED_ONLY'), viewOf(3)]).toEqual(['active', 'deleted', 'all']);
    expect([isInView('active', true), isInView('deleted', true), isInView('all', false)]).toEqual([
      false,
      true,
      true,
    ]);
    expect([stageOf(true), stageOf(false)]).toEqual(['deleted', 'active']);
  });
});

describe('a page', () => {
  it('continues where its token says', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 50 }), (found, max_results) => {
        const seen: number[] = [];
        for (let token: string | undefined = ''; token !== undefined;) {
          const page = pageOf({ max_results, page_token: token }, 50, 10);
          for (let at = page.skip; at < Math.min(found, page.skip + page.first); at += 1) seen.push(at);
          token = nextToken(page, found).next_page_token;
        }
        expect(seen).toEqual(Array.from({ length: found }, (_, index) => index));
      }),
      { numRuns: 50 },
    );
  });

  it.each([{ max_results: 0 }, { max_results: 51 }, { page_token: 'x' }, { page_token: 7 }])(
    'refuses %j',
    (fields) => {
      expect(() => pageOf(fields, 50, 10)).toThrow(MlflowFault);
    },
  );
});

it('keeps the last value of a key', () => {
  const pairs = [
    { key: 'a', value: '1' },
    { key: 'b', value: '2' },
    { key: 'a', value: '3' },
  ];
  expect(newest(pairs)).toEqual([
    { key: 'a', value: '3' },
    { key: 'b', value: '2' },
  ]);
});

it('limits lists and datasets', () => {
  expect(() => requireAtMost('runs', 101, 100)).toThrow(/at most 100 runs, this one has 101/);
  expect(() => inputOf({ dataset: { name: 'x'.repeat(501) } })).toThrow(/dataset name is 501 characters/);
  expect(() => inputOf({})).toThrow(/name is missing/);
});
