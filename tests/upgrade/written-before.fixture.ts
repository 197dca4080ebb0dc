import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Rows of a table and an order-independent checksum of them. */
export type TableSum = { readonly table: string; readonly rows: number; readonly checksum: string };

type Header = Readonly<Record<string, string>>;
/** A record as a topic held it; bytes are in base64. */
export type KeptRecord = {
  readonly partition: number;
  readonly offset: string;
  readonly timestamp: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Header;
};

export type DirectoryWritten = {
  readonly position: string;
  readonly deadLetters: number;
  readonly tables: readonly TableSum[];
  /** Events sent before the kill, and the receipts of their first append. */
  readonly resent: readonly ({ readonly id: string; readonly type: string } & Readonly<
    Record<string, unknown>
  >)[];
  readonly receipts: readonly unknown[];
};

export type TopicWritten = {
  readonly records: readonly KeptRecord[];
  readonly deadLetters: readonly KeptRecord[];
  readonly commits: readonly {
    readonly partition: number;
    readonly offset: string;
    readonly metadata: string;
  }[];
  readonly tables: readonly TableSum[];
};

/** Tables whose values a later version projects otherwise. An answer's digest is computed, since a sender can state any. */
const PROJECTED_OTHERWISE = new Set(['attribution_answer']);

/** Tables to which a later version has added columns, which are part of the sum. */
const WIDENED = new Set(['mixture_plan', 'training_metric', 'training_run']);

/** Tables of the graph: of the same facts a later version makes more nodes and edges. */
const GROWN = new Set(['lineage_node', 'lineage_edge_by_source', 'lineage_edge_by_target']);

const HAS_ANOTHER_SUM = new Set([...PROJECTED_OTHERWISE, ...WIDENED, ...GROWN]);

/** Tables that no longer have what the version before had, with both sums. */
export function changedTables(before: readonly TableSum[], now: readonly TableSum[]): unknown[] {
  return before.flatMap((was) => {
    const is = now.find(({ table }) => table === was.table);
    const [rows, rowsBefore] = [Number(is?.rows ?? 0), Number(was.rows)];
    const isKept = GROWN.has(was.table) ? rows >= rowsBefore : rows === rowsBefore;
    const isEqual = HAS_ANOTHER_SUM.has(was.table) || is?.checksum === was.checksum;
    return isKept && isEqual ? [] : [{ was, is }];
  });
}

/** Unpacks an archive of this folder into a temporary directory; `expected` is what its version answered. */
export function unpacked<Expected>(archive: string): {
  readonly directory: string;
  readonly expected: Expected;
} {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-upgrade-'));
  execFileSync('tar', ['xzf', join(import.meta.dirname, archive), '-C', directory]);
  return { directory, expected: JSON.parse(readFileSync(join(directory, 'expected.json'), 'utf8')) };
}
