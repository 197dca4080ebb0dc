import type { NodeId } from '../node.ts';
import { FoldedFacets } from './folded-facets.ts';
import { itemsOf, membersOf, textOf } from './members.ts';
import type { Members } from './members.ts';
import { datasetId } from './observed.ts';
import type { Dataset } from './observed.ts';

/** A dataset that a run read or wrote, over all its events. */
export type FoldedDataset = {
  readonly id: NodeId;
  readonly namespace: string;
  readonly name: string;
  readonly facets: Members;
  /** Input or output facets, such as statistics and which subset was read. */
  readonly ioFacets: Members;
  /** Other names of it, by its symlinks. */
  readonly aliases: readonly NodeId[];
};

type Growing = Pick<FoldedDataset, 'id' | 'namespace' | 'name'> & {
  readonly facets: FoldedFacets;
  readonly ioFacets: FoldedFacets;
};

/** Datasets add up over the events of a run: none of them takes one away. */
export class FoldedDatasets {
  readonly #datasets = new Map<NodeId, Growing>();

  add({ id, namespace, name, facets, ioFacets }: Dataset, moment: string): void {
    const known = this.#datasets.get(id);
    const dataset = known ?? {
      id,
      namespace,
      name,
      facets: new FoldedFacets(),
      ioFacets: new FoldedFacets(),
    };
    if (!known) this.#datasets.set(id, dataset);
    dataset.facets.add(facets, moment);
    dataset.ioFacets.add(ioFacets, moment);
  }

  /** In the order of their ids. Datasets that name each other by symlinks are one, under the first of their ids. */
  get current(): FoldedDataset[] {
    const merged = new Map<NodeId, Growing>();
    const aliases = new Map<NodeId, Set<NodeId>>();
    const names = this.#names();
    for (const dataset of this.#inOrder()) {
      const all = names.get(dataset.id) ?? new Set([dataset.id]);
      const first = [...all].find((id) => merged.has(id)) ?? dataset.id;
      aliases.set(first, new Set([...(aliases.get(first) ?? []), ...all]));
      join(merged, first, dataset);
    }
    return [...merged.values()].map(({ facets, ioFacets, ...dataset }) => ({
      ...dataset,
      facets: facets.current,
      ioFacets: ioFacets.current,
      aliases: [...(aliases.get(dataset.id) ?? [])].filter((id) => id !== dataset.id).toSorted(),
    }));
  }

  #inOrder(): Growing[] {
    return [...this.#datasets.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1));
  }

  /** Of each dataset all ids that name it, itself included. */
  #names(): Map<NodeId, Set<NodeId>> {
    const names = new Map<NodeId, Set<NodeId>>();
    for (const { id, facets } of this.#datasets.values()) {
      const linked = itemsOf(membersOf(facets.current['symlinks'])['identifiers']).map(aliasOf);
      if (linked.length === 0) continue;
      const together = new Set([id, ...linked].flatMap((name) => [...(names.get(name) ?? [name])]));
      for (const name of together) names.set(name, together);
    }
    return names;
  }
}

function aliasOf(identifier: unknown): NodeId {
  const { namespace, name } = membersOf(identifier);
  return datasetId(textOf(namespace), textOf(name));
}

function join(merged: Map<NodeId, Growing>, first: NodeId, dataset: Growing): void {
  const into = merged.get(first) ?? { ...dataset, facets: new FoldedFacets(), ioFacets: new FoldedFacets() };
  into.facets.join(dataset.facets);
  into.ioFacets.join(dataset.ioFacets);
  merged.set(first, into);
}
