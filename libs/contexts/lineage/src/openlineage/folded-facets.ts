import { isMembers } from './members.ts';
import type { Members } from './members.ts';

/** A facet as emitted at a moment; `facet` is undefined where the emission deletes it. */
type Emission = { readonly moment: string; readonly facet: Members | undefined };

/** The facets of one entity. A later emission replaces the whole facet of the same name. */
export class FoldedFacets {
  readonly #emissions = new Map<string, Emission>();

  add(facets: Members, moment: string): void {
    for (const [name, facet] of Object.entries(facets)) {
      if (!isMembers(facet) || moment < (this.#emissions.get(name)?.moment ?? '')) continue;
      this.#emissions.set(name, { moment, facet: facet['_deleted'] === true ? undefined : facet });
    }
  }

  /** The current facets by name, sorted by name. */
  get current(): Members {
    const entries = [...this.#emissions].flatMap(([name, { facet }]) =>
      facet ? [[name, facet] as const] : [],
    );
    return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
  }
}
