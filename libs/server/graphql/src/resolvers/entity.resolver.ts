import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { Fault, formatEventPosition } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { answered, freshness, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { connectionOf, sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { entitiesNamed, entitiesOf, idOf, kindOf } from '../entities/entity.ts';
import { entityReport } from '../entities/entity-report.ts';
import type {
  Query,
  QueryEntitiesArgs,
  QueryEntityArgs,
  QuerySearchArgs,
  SearchHit,
} from '../generated/schema.ts';
import { isMentioned, unknown } from '../known.ts';
import { foundEntities, similarIds } from '../queries.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

const FOUND = { most: 1_000, usual: 20 };
const SIMILAR = 5;
const MAX_TEXT = 10_000;

@Resolver()
export class EntityResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('entities')
  async entities(
    @Args() { kind, asOf, contains, neighbour, status, model, sort, ...page }: QueryEntitiesArgs,
  ): Promise<Counted<NonNullable<Query['entities']>>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const filters = {
      kinds: [kind],
      ids: [],
      contains: contains ?? '',
      neighbour: neighbour ?? null,
      status: status ?? null,
      model: model ?? null,
    };
    const list = await connectionOf(
      { reader, fresh },
      entitiesNamed(kind),
      { ...filters, sort: sort ?? 'id', after: page.after ?? '', first: sizeOf(page), as_of: fresh.position },
      { node: (row) => row, cursor: ({ page_key }) => page_key, evidence: () => ({ positions: [] }) },
    );
    if (neighbour && list.nodes.length === 0 && !(await isMentioned(reader, fresh, neighbour)))
      throw unknown('node', neighbour, fresh);
    const named = await entitiesOf(reader, fresh, list.nodes);
    return {
      ...list,
      ...answered(fresh, merged(named.map(({ behind }) => behind))),
      nodes: named.map(({ entity }) => entity),
    };
  }

  @GraphQuery('search')
  async search(@Args() { text, kinds, asOf, ...page }: QuerySearchArgs): Promise<Counted<Query['search']>> {
    if (text === '' || text.length > MAX_TEXT)
      throw new Fault(
        'text_out_of_range',
        `\`text\` has ${text.length} characters; search for a text of 1 to ${MAX_TEXT}`,
      );
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const asked = { text, kinds: [...(kinds ?? [])], as_of: fresh.position };
    const list = await connectionOf(
      { reader, fresh },
      foundEntities,
      { ...asked, after: page.after ?? '', first: sizeOf(page, FOUND) },
      {
        node: hitOf,
        cursor: ({ page_key }) => page_key,
        evidence: ({ position }) => ({ positions: [position] }),
      },
    );
    const similar = list.nodes.length > 0 || page.after ? [] : await this.#similarTo(asked);
    return { ...list, similar };
  }

  @GraphQuery('entity')
  async entity(@Args() { id, asOf }: QueryEntityArgs): Promise<Query['entity']> {
    return entityReport(this.#runtime, await freshness(this.#runtime, asOf), id);
  }

  async #similarTo(asked: {
    text: string;
    kinds: string[];
    as_of: Freshness['position'];
  }): Promise<string[]> {
    return (await this.#runtime.engine.reader.all(similarIds, { ...asked, first: SIMILAR })).map(idOf);
  }
}

const hitOf = (row: RowOf<typeof foundEntities>): SearchHit => ({
  id: idOf(row),
  kind: kindOf(row.entity_kind),
  key: row.id,
  field: row.field,
  fit: row.fit,
  excerpt: row.excerpt,
  evidence: formatEventPosition(row.position),
});
