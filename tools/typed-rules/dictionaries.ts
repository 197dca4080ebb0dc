import ts from 'typescript';

/** Assignments by a name that no user chooses, or that `__proto__` cannot divert, with the reason. */
export const SAFE_ASSIGNMENTS = new Map([
  ['libs/adapters/clickhouse/src/answer.ts: object[name]', 'columns that queries of this repository name'],
  ['libs/core/json/src/numeric.ts: value[key]', 'replaces a member that the object has itself'],
  ['libs/core/json/src/parse.ts: value[key]', 'defines a member called `__proto__` beside'],
]);

/** Reads by a name that no user chooses, or that the object has itself, with the reason. */
export const SAFE_READS = new Map([
  [
    'libs/adapters/clickhouse/src/native/block-builder.ts: columns[part.name]',
    'columns of a table of this repository, once for each cell',
  ],
  [
    'libs/adapters/clickhouse/src/native/block-builder.ts: rows[index]?.[name]',
    'columns of a table of this repository, once for each cell',
  ],
  ['libs/core/kernel/src/collections.ts: record[name]', 'asks first whether the record has the name itself'],
]);

/** Assignments to a member of a dictionary by a text of any content: `__proto__` sets the prototype and is lost. */
export const assignmentsIn = (source: ts.SourceFile, checker: ts.TypeChecker): string[] =>
  accessesIn(source, checker)
    .filter(isAssigned)
    .map((node) => node.getText(source));

/**
 * Reads of a member of a dictionary by a text of any content: `toString` finds what every object inherits. Likewise
 * `text in dictionary`. A read by the variable of a `for … in` over the same object finds its own members.
 */
export function readsIn(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const reads: ts.Node[] = accessesIn(source, checker).filter((node) => !isAssigned(node) && !isOfLoop(node));
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword)
      if (isAnyText(checker, node.left)) reads.push(node);
    if (ts.isBindingElement(node) && node.propertyName && ts.isComputedPropertyName(node.propertyName))
      if (isAnyText(checker, node.propertyName.expression)) reads.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return reads.map((node) => node.getText(source));
}

function accessesIn(source: ts.SourceFile, checker: ts.TypeChecker): ts.ElementAccessExpression[] {
  const found: ts.ElementAccessExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node) && isAnyText(checker, node.argumentExpression))
      if (isDictionary(checker, node.expression)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether an expression can be a text that is no literal of its type. */
function isAnyText(checker: ts.TypeChecker, expression: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(expression);
  const bound = checker.getBaseConstraintOfType(type) ?? type;
  const types = bound.isUnion() ? bound.types : [bound];
  return types.some(({ flags }) => (flags & ANY_TEXT) !== 0);
}

const ANY_TEXT = ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.StringMapping;

function isOfLoop({ expression, argumentExpression, parent }: ts.ElementAccessExpression): boolean {
  for (let node: ts.Node = parent; !ts.isSourceFile(node); node = node.parent) {
    if (!ts.isForInStatement(node) || node.expression.getText() !== expression.getText()) continue;
    const { initializer } = node;
    if (!ts.isVariableDeclarationList(initializer)) continue;
    if (initializer.declarations[0]?.name.getText() === argumentExpression.getText()) return true;
  }
  return false;
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
  const bound = checker.getBaseConstraintOfType(type) ?? type;
  const types = bound.isUnion() ? bound.types : [bound];
  return types.some((one) => checker.getIndexInfoOfType(one, ts.IndexKind.String) !== undefined);
}
