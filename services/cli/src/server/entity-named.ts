import { kindNamed } from '../entity-kinds.ts';
import { EXIT, Exit } from '../exit.ts';
import { SearchDocument } from '../generated/documents.ts';
import type { SearchQuery } from '../generated/documents.ts';
import { ask } from './graphql.ts';

type Hits = SearchQuery['search'];
type Hit = Hits['nodes'][number];

/** Hits that are looked at: the whole ids and the beginnings of ids come first. */
const FIRST = 200;

/**
 * The entity that a text names, as `kind:id`: by its id, as the only one whose id begins with it, or by its name. Throws
 * Exit `unknown_entity`, which says what was searched and what is most like it, or `ambiguous_entity` with the candidates.
 */
export async function entityNamed(url: string, text: string, asOf?: string): Promise<string> {
  const kind = kindNamed(text.slice(0, Math.max(0, text.indexOf(':'))));
  const found = kind && (await search(url, { text: text.slice(text.indexOf(':') + 1), kinds: [kind], asOf }));
  const own = found && match(text, text.slice(text.indexOf(':') + 1), found);
  if (own !== undefined) return own;
  const hits = await search(url, { text, kinds: null, asOf });
  const named = match(text, text, hits);
  if (named === undefined) throw unknown(text, hits);
  return named;
}

type Asked = {
  readonly text: string;
  readonly kinds: [Hit['kind']] | null;
  readonly asOf: string | undefined;
};

async function search(url: string, asked: Asked): Promise<Hits> {
  return (await ask(url, SearchDocument, { ...asked, first: FIRST })).search;
}

/** Undefined where no hit has the text as its id, as the beginning of it, or as its name. */
export function match(asked: string, text: string, { nodes }: Pick<Hits, 'nodes'>): string | undefined {
  const wanted: ((hit: Hit) => boolean)[] = [
    ({ key }) => key === text,
    ({ key }) => key.startsWith(text),
    ({ field, fit }) => field === 'name' && fit === 'whole',
  ];
  for (const isMeant of wanted) {
    const meant = nodes.filter(isMeant);
    if (meant.length === 1) return meant[0]?.id;
    if (meant.length > 1) throw ambiguous(asked, meant);
  }
  return undefined;
}

const ambiguous = (text: string, hits: readonly Hit[]): Exit => {
  const listed = hits.slice(0, 20).map(({ id }) => id);
  const more = hits.length > listed.length ? ` and ${hits.length - listed.length} more` : '';
  return new Exit(
    EXIT.failed,
    `several are named ${text}: ${listed.join(', ')}${more}. Give one of these.`,
    'ambiguous_entity',
  );
};

function unknown(text: string, { nodes, similar, asOf }: Hits): Exit {
  const near = nodes.length > 0 ? nodes.slice(0, 5).map(({ id, field }) => `${id} (${field})`) : similar;
  const found = nodes.length > 0 ? 'it is part of' : 'most like it';
  const nearest = near.length > 0 ? `; ${found}: ${near.join(', ')}` : '';
  return new Exit(
    EXIT.failed,
    `nothing is named ${text}: ids, beginnings of ids and names of every kind were searched as of position ${asOf.position}${nearest}.`,
    'unknown_entity',
  );
}
