import ts from 'typescript';
import { expect, it } from 'vitest';
import { findInProgram, findInText, productionFiles } from './program.ts';

/** Spreads of lists whose length nobody outside decides, with the reason. */
const BOUNDED = new Map([
  [
    'libs/adapters/importers/src/mosaic-streams/mosaic-streams.ts: ...list.keys',
    'the keys of a value in a configuration, which is read to 64 levels',
  ],
]);

/** A tuple has a length that the types fix; every other list may be longer than a call has room for arguments. */
function isFixed(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every((one) => isFixed(checker, one));
  if (!checker.isTupleType(type)) return false;
  const { target } = type as ts.TupleTypeReference;
  return (target.combinedFlags & ts.ElementFlags.Variable) === 0;
}

function spreadsIn(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const given = ts.isCallExpression(node) || ts.isNewExpression(node) ? (node.arguments ?? []) : [];
    for (const argument of given) {
      if (!ts.isSpreadElement(argument)) continue;
      if (!isFixed(checker, checker.getTypeAtLocation(argument.expression)))
        found.push(argument.getText(source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('finds no list of any length that is spread into the arguments of a call', { timeout: 300_000 }, () => {
  const paths = productionFiles();
  expect(paths.length).toBeGreaterThan(500);
  const found = findInProgram(paths, spreadsIn);
  expect(found.filter((spread) => !BOUNDED.has(spread))).toEqual([]);
  expect([...BOUNDED.keys()].filter((spread) => !found.includes(spread))).toEqual([]);
});

it('tells lists from tuples', { timeout: 60_000 }, () => {
  const text = `declare const list: number[]; declare const pair: [number, number]; declare const some: [number?, ...string[]];
    f(...list); f(...pair); new F(...some); f(...([1, 2] as const)); f(...(list.length ? pair : list)); g([...list]);
    declare const F: any; declare function f(...of: unknown[]): void; declare function g(of: unknown): void;`;
  expect(findInText(text, spreadsIn)).toEqual(['...list', '...some', '...(list.length ? pair : list)']);
});
