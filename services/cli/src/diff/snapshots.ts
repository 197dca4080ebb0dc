import { SnapshotContentsDocument } from '../generated/documents.ts';
import type { SnapshotContentsQuery } from '../generated/documents.ts';
import { ask, present } from '../server/graphql.ts';
import { pagesOf } from './answers.ts';
import type { AnswerEnd, Compared } from './answers.ts';
import { sectionOf, summed } from './section.ts';
import type { Recorded } from './section.ts';

type Contents = NonNullable<SnapshotContentsQuery['snapshotContents']>;

/** What two versions of a dataset differ in: their sources, and their shards with how often each is repeated. */
export async function compareSnapshots(
  url: string,
  [first, second]: readonly [string, string],
  asOf: string,
): Promise<Compared> {
  const [one, other] = [await contentsOf(url, first, asOf), await contentsOf(url, second, asOf)];
  return {
    sections: [
      sectionOf('sources', one.sources, other.sources),
      sectionOf('shards', one.shards, other.shards),
    ],
    ends: [...one.ends, ...other.ends],
  };
}

type Snapshot = {
  readonly sources: Recorded;
  readonly shards: Recorded;
  readonly ends: readonly AnswerEnd[];
};

async function contentsOf(url: string, snapshot: string, asOf: string): Promise<Snapshot> {
  const pages = await pagesOf(async (after): Promise<Contents> => {
    const { snapshotContents } = await ask(url, SnapshotContentsDocument, { snapshot, after, asOf });
    return present(snapshotContents, url);
  });
  const [{ sources }] = pages;
  const shards = pages.flatMap(({ nodes }) => nodes);
  return {
    sources: summed(
      sources.map(({ kind, ref, name, multiplicity }) => [`${kind} ${ref || name}`, multiplicity]),
    ),
    shards: summed(shards.map(({ shard, repeats }) => [shard, repeats])),
    ends: pages,
  };
}
