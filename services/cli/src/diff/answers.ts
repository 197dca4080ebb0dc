import type { Section } from './section.ts';

/** What every answer says of itself. */
export type AnswerEnd = { readonly complete: boolean; readonly reason?: string | null; readonly lag: number };

/** What two things differ in, and what the answers behind that say of themselves. */
export type Compared = { readonly sections: readonly Section[]; readonly ends: readonly AnswerEnd[] };

/** What several answers as of one position say of themselves together. */
export function endOf(ends: readonly AnswerEnd[]): { complete: boolean; reason: string | null; lag: number } {
  const incomplete = ends.find(({ complete }) => !complete);
  return {
    complete: incomplete === undefined,
    reason: incomplete?.reason ?? null,
    lag: ends.reduce((most, { lag }) => Math.max(most, lag), 0),
  };
}

type Page<Node> = {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};

/** Reads all pages. */
export async function pagesOf<One extends Page<unknown>>(
  page: (after: string | null) => Promise<One>,
): Promise<readonly [One, ...One[]]> {
  const first = await page(null);
  const pages: [One, ...One[]] = [first];
  for (let { pageInfo } = first; pageInfo.hasNextPage;) {
    const next = await page(pageInfo.endCursor);
    pages.push(next);
    ({ pageInfo } = next);
  }
  return pages;
}
