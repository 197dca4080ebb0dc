import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leavesOf, pathOf, pointerOf } from './leaves.ts';

it('lists members by key and lists by index, with empty ones and null as values', () => {
  const json: unknown = JSON.parse(
    '{"b":{"10":[1,[],{}],"9":null},"a/~":"x","__proto__":{"toString":false}}',
  );
  const leaves = leavesOf(json, ['config']);
  expect(leaves.map(({ path, value }) => [pointerOf(path), value])).toEqual([
    ['/config/__proto__/toString', false],
    ['/config/a~1~0', 'x'],
    ['/config/b/10/0', 1],
    ['/config/b/10/1', []],
    ['/config/b/10/2', {}],
    ['/config/b/9', null],
  ]);
  expect(leavesOf('only')).toEqual([{ path: [], value: 'only' }]);
});

it('gives a value back when its leaves are put where their paths say', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json: unknown = JSON.parse(JSON.stringify(value));
      const leaves = leavesOf(json);
      for (const { path, value: leaf } of leaves) expect(at(json, path)).toEqual(leaf);
      expect(new Set(leaves.map(({ path }) => pointerOf(path))).size).toBe(leaves.length);
      expect(leaves).toHaveLength(leafCount(json));
    }),
  );
});

it('gives a path back from its pointer', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('', '/', '~', '~1', '~0', '~01', '__proto__'));
  fc.assert(
    fc.property(fc.array(key), (path) => {
      expect(pathOf(pointerOf(path))).toEqual(path);
    }),
  );
});

const at = (json: unknown, path: readonly string[]): unknown =>
  path.reduce((value, key) => Object.getOwnPropertyDescriptor(Object(value), key)?.value, json);

function leafCount(json: unknown): number {
  const members: unknown[] = typeof json === 'object' && json !== null ? Object.values(json) : [];
  return members.length === 0 ? 1 : members.map(leafCount).reduce((sum, count) => sum + count, 0);
}
