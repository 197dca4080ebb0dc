import type { Tree, TreeCursor } from 'web-tree-sitter';
import { BRANCHING_OPERATORS, DECISIONS } from './grammar.ts';

/** What a syntax tree is counted into. Lengths are code units of the text. */
export type NodeCounts = {
  nodes: number;
  depth: number;
  errors: number;
  decisions: number;
  commentLength: number;
  errorLength: number;
  tokenLength: number;
  readonly types: Set<string>;
  readonly operators: Tally;
  readonly operands: Tally;
};

/** How many there were, and which. */
type Tally = { total: number; readonly distinct: Set<string> };

const tally = (): Tally => ({ total: 0, distinct: new Set() });

function add(to: Tally, text: string): void {
  to.total += 1;
  to.distinct.add(text);
}

/**
 * Walks a tree once. Nodes are the named ones; tokens are the leaves outside of comments and of what the grammar could not
 * read. A token that the grammar names (an identifier, a literal) is an operand, any other one an operator.
 */
export function countNodes(tree: Tree, text: string): NodeCounts {
  const counts: NodeCounts = {
    nodes: 0,
    depth: 0,
    errors: 0,
    decisions: 0,
    commentLength: 0,
    errorLength: 0,
    tokenLength: 0,
    types: new Set(),
    operators: tally(),
    operands: tally(),
  };
  const cursor = tree.walk();
  try {
    walk(cursor, counts, text);
  } finally {
    cursor.delete();
  }
  return counts;
}

function walk(cursor: TreeCursor, counts: NodeCounts, text: string): void {
  let depth = 0;
  for (;;) {
    const isNamed = cursor.nodeIsNamed;
    depth += Number(isNamed);
    if (visit(cursor, counts, text, depth) && cursor.gotoFirstChild()) continue;
    for (;;) {
      depth -= Number(cursor.nodeIsNamed);
      if (cursor.gotoNextSibling()) break;
      if (!cursor.gotoParent()) return;
    }
  }
}

/** Counts a node. Whether what is inside it is to be counted too. */
function visit(cursor: TreeCursor, counts: NodeCounts, text: string, depth: number): boolean {
  const { nodeType, nodeIsNamed, startIndex, endIndex } = cursor;
  const length = endIndex - startIndex;
  if (nodeIsNamed) {
    counts.nodes += 1;
    counts.depth = Math.max(counts.depth, depth);
    counts.types.add(nodeType);
    if (DECISIONS.has(nodeType)) counts.decisions += 1;
  } else if (BRANCHING_OPERATORS.has(nodeType)) counts.decisions += 1;
  if (nodeType.includes('comment')) {
    counts.commentLength += length;
    return false;
  }
  if (nodeType === 'ERROR' || cursor.nodeIsMissing) {
    counts.errors += 1;
    counts.errorLength += length;
    return false;
  }
  if (length === 0 || cursor.currentNode.childCount > 0) return true;
  counts.tokenLength += length;
  add(nodeIsNamed ? counts.operands : counts.operators, text.slice(startIndex, endIndex));
  return false;
}
