/**
 * What a caller may do: `read` answers, `write` facts, `decide` in its own name (decisions, approvals, retractions, and
 * every other mutation), and `import` facts that name others, as a log does that was recorded elsewhere.
 */
export const SCOPES = ['read', 'write', 'decide', 'import'] as const;

export type Scope = (typeof SCOPES)[number];

/** Who sent a request, as its credential says. */
export type Actor = { readonly name: string; readonly scopes: ReadonlySet<Scope> };

const actors = new WeakMap<object, Actor>();

/** Says who sent a request. `raw` is Node's own request. */
export const setActor = (raw: object, actor: Actor): void => void actors.set(raw, actor);

/** Who sent a request; undefined where the server does not authenticate its callers. */
export const actorOf = (raw: object): Actor | undefined => actors.get(raw);

const operations = new WeakMap<object, readonly string[]>();

/** Says what a request asks: names of the schema, never words of the caller. `raw` is Node's own request. */
export const setOperations = (raw: object, names: readonly string[]): void => void operations.set(raw, names);

/** What a request asks; empty where its route says it. */
export const operationsOf = (raw: object): readonly string[] => operations.get(raw) ?? [];
