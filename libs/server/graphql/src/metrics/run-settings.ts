import { leavesOf, pointerOf } from '@tributary/json';
import { formatEventPosition } from '@tributary/kernel';
import type { RowOf, SqlReader } from '@tributary/kernel';
import { correctedAt, recordedStart, trackedParams, trackedTags } from '@tributary/training';
import { answered, incomplete } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { pageOf } from '../connection.ts';
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
  const owned = { owner_kind: 'run', owner_ids: [run], keys: [], as_of } as const;
  const isConfig = part === 'config';
  const [[start], tracked] = await Promise.all([
    isNone ? [] : reader.all(recordedStart, { run_id: run, attempt, as_of }),
    reader.all(isConfig ? trackedParams : trackedTags, { ...owned, owner_ids: [run], keys: [] }),
  ]);
  const settings = [
    ...(start ? startLeaves(start, part).map((leaf) => ({ ...leaf, ...saidBy(start) })) : []),
    ...tracked.map(({ key, value, position }) => ({
      path: [isConfig ? 'params' : 'tags', key],
      value,
      position,
      attempt: null,
      type: 'training.run.annotated',
    })),
  ];
  const { listed, ...connection } = pageOf(settings, asked, ({ path }) => pointerOf(path));
  const positions = [...new Set(listed.map(({ position }) => position))];
  const corrected = await reader.all(correctedAt, { positions, as_of });
  const correctedBy = new Map(corrected.map((row) => [row.position, row.corrected_position]));
  const missing = missingIn(settings.length, start, { run, part, attempt: attempt ?? newest });
  return {
    ...answered(incomplete(fresh, missing), { positions }),
    ...connection,
    nodes: listed.map((setting) => nodeOf(setting, correctedBy.get(setting.position))),
  };
}

type Start = RowOf<typeof recordedStart>;
type Said = Omit<Setting, 'evidence' | 'corrects'> & { readonly position: number };

const saidBy = ({ attempt, position }: Start) => ({ attempt, position, type: 'training.run.started' });

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
function missingIn(count: number, start: Start | undefined, expected: Expected): string | undefined {
  const { run, part, attempt } = expected;
  if (count === 0 && start) return `no ${WORDS[part]} recorded`;
  if (!start)
    return `the start of ${attempt === null ? '' : `attempt ${attempt} of `}run ${run} was never recorded`;
  if (attempt === null || start.attempt === attempt) return undefined;
  return `the start of attempt ${attempt} was never recorded, so this is of attempt ${start.attempt}`;
}

const WORDS: Readonly<Record<SettingsPart, string>> = { config: 'configuration', environment: 'environment' };
