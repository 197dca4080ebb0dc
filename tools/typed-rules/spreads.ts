import ts from 'typescript';

/** Spreads of lists whose length nobody outside decides, with the reason. */
export const BOUNDED_SPREADS = new Map([
  [
    'libs/adapters/importers/src/mosaic-streams/mosaic-streams.ts: ...list.keys',
    'the keys of a value in a configuration, which is read to 64 levels',
  ],
]);

/** A tuple has a length that the types fix; every other list may be longer than a call has room for arguments. */
function isFixed(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every((one) => isFixed(checker, one));
  return isTuple(checker, type) && (type.target.combinedFlags & ts.ElementFlags.Variable) === 0;
}

const isTuple = (checker: ts.TypeChecker, type: ts.Type): type is ts.TupleTypeReference =>
  checker.isTupleType(type);

/** Spreads of lists of any length into the arguments of a call. */
export function spreadsIn(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
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
