import ts from 'typescript';

/** Spreads of lists whose length nobody outside decides, with the reason. */
export const BOUNDED_SPREADS = new Map([
  [
    'libs/adapters/importers/src/mosaic-streams/mosaic-streams.ts: ...list.keys',
    'the keys of a value in a configuration, which is read to 64 levels',
  ],
  ['tools/compatibility/instances.ts: ...allowed', 'the enum of a schema of this repository'],
  [
    'tools/compatibility/instances.ts: ...types.map((type) => typed(type, schema, root))',
    'the types of a schema of this repository',
  ],
]);

/** A tuple has a length that the types fix; every other list may be longer than a call has room for arguments. */
function isFixed(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every((one) => isFixed(checker, one));
  return isTuple(checker, type) && (type.target.combinedFlags & ts.ElementFlags.Variable) === 0;
}

const isTuple = (checker: ts.TypeChecker, type: ts.Type): type is ts.TupleTypeReference =>
  checker.isTupleType(type);

/**
 * Lists of any length that become the arguments of a call: by a spread, `call.apply(self, list)` and `Reflect.apply(call, self,
 * list)`, or `Reflect.construct(Class, list)`.
 */
export function spreadsIn(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const given = ts.isCallExpression(node) || ts.isNewExpression(node) ? (node.arguments ?? []) : [];
    for (const argument of given)
      if (ts.isSpreadElement(argument) && !isFixed(checker, checker.getTypeAtLocation(argument.expression)))
        found.push(argument);
    const list = ts.isCallExpression(node) ? appliedList(node, checker) : undefined;
    if (list && !isFixed(checker, checker.getTypeAtLocation(list))) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((node) => node.getText(source));
}

/** The list that a call makes the arguments of another one. */
function appliedList(call: ts.CallExpression, checker: ts.TypeChecker): ts.Expression | undefined {
  const { expression: called, arguments: given } = call;
  if (!ts.isPropertyAccessExpression(called)) return undefined;
  const name = called.name.text;
  if (ts.isIdentifier(called.expression) && called.expression.text === 'Reflect') {
    if (name === 'apply') return given[2];
    return name === 'construct' ? given[1] : undefined;
  }
  const isOfFunction = checker.getTypeAtLocation(called.expression).getCallSignatures().length > 0;
  return name === 'apply' && isOfFunction ? given[1] : undefined;
}
