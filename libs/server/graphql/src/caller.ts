import type { ApolloServerPlugin } from '@apollo/server';
import { actorOf } from '@tributary/capture';
import type { Actor } from '@tributary/capture';
import { scopeText } from '@tributary/http';
import { Fault } from '@tributary/kernel';
import { GraphQLError } from 'graphql';

/** What resolvers know of the request that they answer. */
export type CallContext = {
  /** Who asks; undefined where the server does not authenticate its callers. */
  readonly caller: Actor | undefined;
  /** Node's own request. */
  readonly raw: object;
};

export const contextOf = ({ raw }: { readonly raw: object }): CallContext => ({ caller: actorOf(raw), raw });

/** Lets callers with the scope `read` ask questions, and those with `decide` mutate. */
export const scopesOfOperations: ApolloServerPlugin<CallContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operation, contextValue: { caller } }) {
        const scope = operation?.operation === 'query' ? 'read' : 'decide';
        if (!caller || caller.scopes.has(scope)) return Promise.resolve();
        const extensions = { code: 'scope_missing', http: { status: 403 } };
        return Promise.reject(new GraphQLError(scopeText(caller.name, [scope]), { extensions }));
      },
    }),
};

/**
 * The name that a mutation records: that of the caller, where callers are authenticated, and the given one elsewhere.
 * Throws Fault `actor_mismatch` where an authenticated caller gives another name, and `actor_missing` where nobody is named.
 */
export function actingAs({ caller }: Pick<CallContext, 'caller'>, given: string | null | undefined): string {
  const isGiven = given !== null && given !== undefined;
  if (caller && isGiven && given !== caller.name)
    throw new Fault(
      'actor_mismatch',
      `the caller is ${JSON.stringify(caller.name)} and cannot act as ${JSON.stringify(given.slice(0, 100))}; leave the name out, or send the key of that person`,
    );
  if (caller) return caller.name;
  if (isGiven) return given;
  throw new Fault('actor_missing', 'this server does not authenticate its callers, so say who acts');
}
