import ts from 'typescript';

/** Assignments by a name that no user chooses, or that `__proto__` cannot divert, with the reason. */
export const SAFE_ASSIGNMENTS = new Map([
  ['libs/adapters/clickhouse/src/answer.ts: object[name]', 'columns that queries of this repository name'],
  ['libs/core/json/src/numeric.ts: value[key]', 'replaces a member that the object has itself'],
  ['libs/core/json/src/parse.ts: value[key]', 'defines a member called `__proto__` beside'],
]);

/** Assignments to a member of a dictionary by a text of any content: `__proto__` sets the prototype and is lost. */
export function assignmentsIn(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node) && isAssigned(node)) {
      const isText = (checker.getTypeAtLocation(node.argumentExpression).flags & ts.TypeFlags.String) !== 0;
      if (isText && isDictionary(checker, node.expression)) found.push(node.getText(source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isAssigned(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent))
    return (
      parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken
    );
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const { kind } = parent.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isDictionary(checker: ts.TypeChecker, expression: ts.Expression): boolean {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(expression));
  const types = type.isUnion() ? type.types : [type];
  return types.some((one) => checker.getIndexInfoOfType(one, ts.IndexKind.String) !== undefined);
}
