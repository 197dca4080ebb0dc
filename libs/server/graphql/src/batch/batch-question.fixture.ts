import type { GraphqlServer } from '../graphql-server.fixture.ts';

/** A document of an answer. */
export type Document = {
  readonly sample: number;
  readonly corpus: string;
  readonly document: number;
  readonly from: number;
  readonly to: number | null;
  readonly label: number | null;
  readonly sourcePath: string | null;
  readonly sourceRow: number | null;
};

/** An answer about a batch. */
export type Batch = {
  readonly run: string;
  readonly trainedBy: string;
  readonly attempt: number;
  readonly counts: boolean;
  readonly skipped: boolean;
  readonly encoding: string | null;
  readonly level: string | null;
  readonly items: number | null;
  readonly tokens: number | null;
  readonly corpora: readonly { readonly path: string; readonly samples: number; readonly tokens: number }[];
  readonly ranges: readonly object[];
  readonly exposure: { readonly agrees: boolean | null } | null;
  readonly nodes: readonly Document[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly complete: boolean;
  readonly reason: string | null;
  readonly evidence: readonly string[];
};

const FIELDS = `run step trainedBy attempt counts skipped encoding level method of items tokens
  corpora { path slice shard samples tokens } ranges { shard from count }
  exposure { firstStep lastStep recordedTokens orderedTokens agrees }
  nodes { sample corpus shard document from to label sourcePath sourceRow }
  totalCount pageInfo { hasNextPage endCursor } complete reason evidence evidenceTotal`;

/** Asks for a batch by the text of its arguments. */
export async function batchOf(server: GraphqlServer, asked: string): Promise<Batch> {
  const answer = await server.ask<{ batch: Batch }>(`{ batch(${asked}) { ${FIELDS} } }`);
  return answer.batch;
}
