import { describe, expect, it } from 'vitest';
import { pageOf, positionAfter, sizeOf } from './connection.ts';

const ITEMS = ['a', 'b', 'c', 'd', 'e'];
const identity = (item: string): string => item;

describe('the size of a page', () => {
  it('is the usual one where a query names none', () => {
    expect(sizeOf({})).toBe(100);
    expect(sizeOf({ first: null })).toBe(100);
    expect(sizeOf({}, { most: 500, usual: 50 })).toBe(50);
  });

  it('is the named one within its limits', () => {
    expect(sizeOf({ first: 1 })).toBe(1);
    expect(sizeOf({ first: 1_000 })).toBe(1_000);
  });

  it.each([0, -1, 1_001])('is not %i', (first) => {
    expect(() => sizeOf({ first })).toThrow(`\`first\` is ${first}; ask for 1 to 1000 nodes on a page`);
  });
});

describe('a page of a list in memory', () => {
  it('begins after its cursor and names the next one', async () => {
    const first = pageOf(ITEMS, { first: 2 }, identity);
    expect(first).toMatchObject({ listed: ['a', 'b'], pageInfo: { hasNextPage: true, endCursor: 'b' } });
    const last = pageOf(ITEMS, { first: 3, after: 'b' }, identity);
    expect(last).toMatchObject({ listed: ['c', 'd', 'e'], pageInfo: { hasNextPage: false, endCursor: 'e' } });
    expect(await last.totalCount()).toBe(5);
  });

  it('is empty after the last cursor, and in an empty list', () => {
    const empty = { listed: [], pageInfo: { hasNextPage: false, endCursor: null } };
    expect(pageOf(ITEMS, { after: 'e' }, identity)).toMatchObject(empty);
    expect(pageOf([], {}, identity)).toMatchObject(empty);
  });

  it('refuses a cursor that is not in the list', () => {
    expect(() => pageOf(ITEMS, { after: 'z' }, identity)).toThrow('no cursor of this list');
  });
});

it('begins after the position of a cursor, or at the beginning of the log', () => {
  expect(positionAfter({ after: '17' })).toBe(17);
  expect(positionAfter({ after: '1:2' })).toBe(2 ** 40 + 2);
  expect(positionAfter({})).toBe(0);
});
