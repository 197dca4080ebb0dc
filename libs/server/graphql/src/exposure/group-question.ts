import { Fault } from '@tributary/kernel';
import type { ExposureGrouping, QueryExposureGroupsArgs } from '../generated/schema.ts';

export type GroupsQuestion = Omit<QueryExposureGroupsArgs, 'asOf'>;

/** A question about groups whose arguments agree with each other. */
export type CheckedQuestion = Omit<GroupsQuestion, 'first' | 'attribute' | 'by'> & {
  readonly by: readonly ExposureGrouping[];
  readonly first: number;
  /** Empty where none is asked for. */
  readonly attribute: string;
  /** Whether the answer needs what is known of shards. */
  readonly needsShards: boolean;
};

/** Groups of one answer. */
const MAX_GROUPS = 10_000;
const MAX_GROUPINGS = 4;

const OF_SHARDS = ['shard', 'source', 'licence', 'attribute'];

/**
 * Throws Fault `groupings_out_of_range`, `groups_out_of_range`, `two_selections`, `two_resolutions`, `not_positive` or
 * `attribute_missing` for arguments that contradict each other.
 */
export function checkedQuestion(question: GroupsQuestion): CheckedQuestion {
  const { by = ['run', 'domain'], shards, sources, licences, values } = question;
  const checked = { ...question, by, attribute: question.attribute ?? '', first: question.first ?? 1000 };
  const refused = CHECKS.find(({ holds }) => !holds(checked));
  if (refused) throw new Fault(refused.code, refused.text);
  const needsShards =
    by.some((one) => OF_SHARDS.includes(one)) || [shards, sources, licences, values].some(Boolean);
  return { ...checked, needsShards };
}

type Check = {
  readonly holds: (question: Omit<CheckedQuestion, 'needsShards'>) => boolean;
  readonly code: string;
  readonly text: string;
};

const CHECKS: readonly Check[] = [
  {
    holds: ({ by }) => by.length >= 1 && by.length <= MAX_GROUPINGS && new Set(by).size === by.length,
    code: 'groupings_out_of_range',
    text: `group by one to ${MAX_GROUPINGS} different groupings`,
  },
  {
    holds: ({ first }) => first >= 1 && first <= MAX_GROUPS,
    code: 'groups_out_of_range',
    text: `the number of groups is from 1 to ${MAX_GROUPS}`,
  },
  {
    holds: ({ runs, experiment }) => !runs || !experiment,
    code: 'two_selections',
    text: 'name runs or an experiment, not both',
  },
  {
    holds: ({ windows, every }) => typeof windows !== 'number' || typeof every !== 'number',
    code: 'two_resolutions',
    text: 'name a number of windows or the steps of one, not both',
  },
  {
    holds: ({ windows, every }) => (windows ?? 1) >= 1 && (every ?? 1) >= 1,
    code: 'not_positive',
    text: 'the number of windows and the steps of one are above zero',
  },
  {
    holds: ({ by, values, attribute }) => attribute !== '' || !(by.includes('attribute') || values),
    code: 'attribute_missing',
    text: 'by attribute needs the name of one, such as language',
  },
];
