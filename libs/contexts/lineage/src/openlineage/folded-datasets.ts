import type { NodeId } from '../node.ts';
import { FoldedFacets } from './folded-facets.ts';
import { itemsOf, membersOf, textOf } from './members.ts';
import type { Members } from './members.ts';
import { datasetId } from './open-lineage-event.ts';
import type { Dataset } from './open-lineage-event.ts';

/** A dataset that a run read or wrote, over all its events. */
export type FoldedDataset = {
  readonly id: NodeId;
  readonly namespace: string;
  readonly name: string;
  readonly facets: Members;
  /** Input or output facets, such as statistics and the subset that was read. */
  readonly ioFacets: Members;
  /** Other ids of the dataset, by its symlinks. */
  readonly aliases: readonly NodeId[];
};

/** The first datasets by id, and the total count. */
export type FoldedDatasets = { readonly count: number; readonly listed: readonly FoldedDataset[] };

type DatasetMention = { readonly dataset: Dataset; readonly moment: string };

/**
 * Folds the datasets of all events of a run. Events only add datasets. Datasets that are linked by symlinks are one, under
 * the first of their ids. `seen` is iterated twice, so that only listed datasets are kept in memory.
 */
export function foldDatasets(seen: Iterable<DatasetMention>, limit = Infinity): FoldedDatasets {
  const { ids, names } = identities(seen);
  const firsts = new Map<NodeId, NodeId>();
  const listed = new Map<NodeId, DatasetFold>();
  let count = 0;
  for (const id of [...ids].toSorted()) {
    if (firsts.has(id)) continue;
    const aliases = names.get(id) ?? [];
    for (const name of aliases) firsts.set(name, id);
    count += 1;
    if (count <= limit)
      listed.set(id, new DatasetFold([...aliases].filter((name) => name !== id).toSorted()));
  }
  for (const { dataset, moment } of seen)
    listed.get(firsts.get(dataset.id) ?? dataset.id)?.add(dataset, moment);
  return { count, listed: [...listed.values()].flatMap((fold) => fold.current ?? []) };
}

class DatasetFold {
  readonly #aliases: readonly NodeId[];
  readonly #facets = new FoldedFacets();
  readonly #ioFacets = new FoldedFacets();
  #named: Pick<FoldedDataset, 'id' | 'namespace' | 'name'> | undefined;

  constructor(aliases: readonly NodeId[]) {
    this.#aliases = aliases;
  }

  add({ id, namespace, name, facets, ioFacets }: Dataset, moment: string): void {
    if (this.#named === undefined || id < this.#named.id) this.#named = { id, namespace, name };
    this.#facets.add(facets, moment);
    this.#ioFacets.add(ioFacets, moment);
  }

  get current(): FoldedDataset | undefined {
    if (!this.#named) return undefined;
    const { current: facets } = this.#facets;
    const { current: ioFacets } = this.#ioFacets;
    return { ...this.#named, facets, ioFacets, aliases: this.#aliases };
  }
}

/** All ids, and for those with symlinks the ids of the same dataset. */
function identities(seen: Iterable<DatasetMention>): { ids: Set<NodeId>; names: Map<NodeId, Set<NodeId>> } {
  const ids = new Set<NodeId>();
  const links = new Map<NodeId, FoldedFacets>();
  for (const { dataset, moment } of seen) {
    ids.add(dataset.id);
    const { symlinks } = dataset.facets;
    if (symlinks === undefined) continue;
    const folded = links.get(dataset.id) ?? new FoldedFacets();
    links.set(dataset.id, folded);
    folded.add({ symlinks }, moment);
  }
  const names = new Map<NodeId, Set<NodeId>>();
  for (const [id, { current }] of links) {
    const linked = Array.from(itemsOf(membersOf(current['symlinks'])['identifiers']), aliasOf);
    const together = new Set([id, ...linked].flatMap((name) => [...(names.get(name) ?? [name])]));
    if (together.size > 1) for (const name of together) names.set(name, together);
  }
  return { ids, names };
}

function aliasOf(identifier: unknown): NodeId {
  const { namespace, name } = membersOf(identifier);
  return datasetId(textOf(namespace), textOf(name));
}
