import type { ApolloServerPlugin } from '@apollo/server';
import { setOperations } from '@tributary/capture';
import { Kind } from 'graphql';
import type { DocumentNode, SelectionNode, SelectionSetNode } from 'graphql';
import type { CallContext } from './caller.ts';

/** Says of each request which fields of the query or mutation it asks, for the record of who read what. */
export const nameOperations: ApolloServerPlugin<CallContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ document, operation, contextValue: { raw } }) {
        if (operation) setOperations(raw, rootFields(document, operation.selectionSet));
        return Promise.resolve();
      },
    }),
};

/** The names of the fields at the root, each once: names of the schema, which the document was validated against. */
function rootFields(document: DocumentNode, root: SelectionSetNode): string[] {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet);
  const names = new Set<string>();
  const sets = [root];
  for (let set = sets.pop(); set; set = sets.pop())
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      const inner = within(selection, fragments);
      if (inner) sets.push(inner);
    }
  return [...names];
}

/** The selections of a fragment, each once, so that fragments in fragments are linear; undefined for a field. */
function within(
  selection: SelectionNode,
  fragments: Map<string, SelectionSetNode>,
): SelectionSetNode | undefined {
  if (selection.kind === Kind.FIELD) return undefined;
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection.selectionSet;
  const fragment = fragments.get(selection.name.value);
  fragments.delete(selection.name.value);
  return fragment;
}
