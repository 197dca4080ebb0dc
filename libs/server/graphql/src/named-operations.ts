import type { ApolloServerPlugin } from '@apollo/server';
import { setOperations } from '@tributary/capture';
import { Kind } from 'graphql';
import type { DocumentNode, SelectionSetNode } from 'graphql';
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
      else if (selection.kind === Kind.INLINE_FRAGMENT) sets.push(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        /* Each once, so that fragments in fragments are linear. */
        fragments.delete(selection.name.value);
        if (fragment) sets.push(fragment);
      }
    }
  return [...names];
}
