import { isMembers } from './members.ts';
import type { Members } from './members.ts';

/** A facet as it was emitted at a moment; undefined where it was taken back. */
type Emission = { readonly moment: string; readonly facet: Members | undefined };

/** The facets of one entity. A facet that is emitted again replaces the earlier one of its name whole. */
export class FoldedFacets {
  readonly #emissions = new Map<string, Emission>();

  add(facets: Members, moment: string): void {
    for (const [name, facet] of Object.entries(facets)) {
      if (!isMembers(facet) || moment < (this.#emissions.get(name)?.moment ?? '')) continue;
      this.#emissions.set(name, { moment, facet: facet['_deleted'] === true ? undefined : facet });
    }
  }

  /** By name, in the order of the names. */
  get current(): Members {
    const entries = [...this.#emissions].flatMap(([name, { facet }]) =>
      facet ? [[name, facet] as const] : [],
    );
    return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
  }
}
