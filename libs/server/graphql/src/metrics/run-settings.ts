import { leavesOf, pathOf, pointerOf } from '@tributary/json';
import { formatEventPosition } from '@tributary/kernel';
import type { RowOf, SqlReader } from '@tributary/kernel';
import { correctedAt, pageOfParams, pageOfTags, recordedStart } from '@tributary/training';
import { incomplete } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { connectionFrom, sizeOf, totalOf, unknownCursor } from '../connection.ts';
import type { Counted, Page } from '../connection.ts';
import type { RunSettings, Setting } from '../generated/schema.ts';

/** The two parts of what is recorded of how a run was trained. */
export type SettingsPart = 'config' | 'environment';

type Asked = Page & { readonly attempt?: number | null };

/** A run, by its newest recorded attempt; null where none is recorded. */
type Named = { readonly run: string; readonly newest: number | null };

/**
 * What a run was configured with, or what it ran on: of the start of its newest attempt, and of its tracker. Incomplete where
 * nothing is recorded, or where the start of the attempt is not.
 */
export async function runSettings(
  reader: SqlReader,
  fresh: Freshness,
  { run, newest, part, ...asked }: Named & Asked & { readonly part: SettingsPart },
): Promise<Counted<RunSettings>> {
  const as_of = fresh.position;
  const attempt = asked.attempt ?? null;
  /* Attempts are counted from 1. */
  const isNone = attempt !== null && attempt < 1;
  const [start] = isNone ? [] : await reader.all(recordedStart, { run_id: run, attempt, as_of });
  const leaves = start ? startLeaves(start, part).map((leaf) => ({ ...leaf, ...saidBy(start) })) : [];
  const { member, texts } = TRACKED[part];
  const first = sizeOf(asked);
  const begun = begunAt(leaves, asked, member);
  const ofStart = leaves.slice(begun.leaves, begun.leaves + first + 1);
  const owned = { owner_kind: 'run' as const, owner_ids: [run], keys: [], as_of };
  const rest = { ...owned, after: begun.key, first: first + 1 - ofStart.length };
  const ofTracker = rest.first === 0 ? [] : await reader.all(texts, rest);
  const found = [
    ...ofStart,
    ...ofTracker.map(({ key, value, position }) => ({ ...annotated, path: [member, key], value, position })),
  ];
  const positions = [...new Set(found.map(({ position }) => position))];
  const corrected = await reader.all(correctedAt, { positions, as_of });
  const correctedBy = new Map(corrected.map((row) => [row.position, row.corrected_position]));
  const isEmpty = found.length === 0 && !asked.after;
  const missing = missingIn(isEmpty, start, { run, part, attempt: attempt ?? newest });
  const total = async () => leaves.length + (await totalOf(reader, texts, rest));
  return connectionFrom(
    incomplete(fresh, missing),
    { found, first, total },
    {
      node: (setting) => nodeOf(setting, correctedBy.get(setting.position)),
      cursor: ({ path }) => pointerOf(path),
      evidence: ({ position }) => ({ positions: [position] }),
    },
  );
}

/** What a tracker says of a run, by the part, and the member of its facts that has it. */
const TRACKED = {
  config: { member: 'params', texts: pageOfParams },
  environment: { member: 'tags', texts: pageOfTags },
} as const;

/** What it says has no attempt. */
const annotated = { attempt: null, type: 'training.run.annotated' };

/**
 * How many leaves of the start come before a page, and the key of the tracker that does. Throws Fault `unknown_cursor` for a
 * cursor that is no pointer into either.
 */
function begunAt(
  leaves: readonly Said[],
  { after }: Page,
  member: string,
): { readonly leaves: number; readonly key: string } {
  if (!after) return { leaves: 0, key: '' };
  const [named, key, ...more] = pathOf(after);
  if (named === member && key !== undefined && more.length === 0)
    return { leaves: leaves.length, key: `/${key}` };
  const at = leaves.findIndex(({ path }) => pointerOf(path) === after);
  if (at < 0) throw unknownCursor({ after });
  return { leaves: at + 1, key: '' };
}

type Start = RowOf<typeof recordedStart>;
type Said = Omit<Setting, 'evidence' | 'corrects'> & { readonly position: number };

/** A plan is recorded as attempt 0. */
const saidBy = ({ attempt, position }: Start) =>
  attempt > 0
    ? { attempt, position, type: 'training.run.started' }
    : { attempt: null, position, type: 'training.run.planned' };

function nodeOf({ position, ...setting }: Said, corrects: number | undefined): Setting {
  return {
    ...setting,
    evidence: formatEventPosition(position),
    corrects: corrects === undefined ? null : formatEventPosition(corrects),
  };
}

/** What a start says, where it is in its fact. */
const startLeaves = (start: Start, part: SettingsPart) =>
  leavesOf(part === 'config' ? configOf(start) : environmentOf(start)).filter(({ path }) => path.length > 0);

function configOf(start: Start): object {
  const config: unknown = JSON.parse(start.config);
  return {
    config,
    model: stated({ name: start.model, parameters: start.parameters, architecture: start.architecture }),
    ...stated({
      seeds: someOf({ init: start.seed_init, dataOrder: start.seed_data_order }),
      tokenBudget: start.token_budget,
      tokenizer: start.tokenizer,
    }),
  };
}

const environmentOf = (start: Start): object =>
  stated({
    code: someOf({
      repository: start.code_repository,
      revision: start.code_revision,
      digest: start.code_digest,
    }),
    hardware: start.hardware,
    uri: start.uri,
  });

/** The members that are recorded. */
const stated = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== ''));

/** An object with the members that are recorded; null where none is. */
function someOf(members: object): object | null {
  const recorded = stated(members);
  return Object.keys(recorded).length === 0 ? null : recorded;
}

type Expected = {
  readonly run: string;
  readonly part: SettingsPart;
  /** The attempt that the settings should be of. */
  readonly attempt: number | null;
};

/** Why settings are not complete. */
function missingIn(isEmpty: boolean, start: Start | undefined, expected: Expected): string | undefined {
  const { run, part, attempt } = expected;
  if (isEmpty && start) return `no ${WORDS[part]} recorded`;
  if (!start)
    return `the start of ${attempt === null ? '' : `attempt ${attempt} of `}run ${run} was never recorded`;
  if (attempt === null || start.attempt === attempt) return undefined;
  return `the start of attempt ${attempt} was never recorded, so this is of attempt ${start.attempt}`;
}

const WORDS: Readonly<Record<SettingsPart, string>> = { config: 'configuration', environment: 'environment' };
