/**
 * What the schema called a type, a field or an argument before, and what to write now. Keys: `Type`, `Type.field`,
 * `Query.field(argument)`. docs/upgrading.md lists the same names.
 */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ...pages('PublishedCheckpoint', 'checkpoints'),
  ...pages('AuditAction', 'actions'),
  ...pages('Shard', 'shards'),
  ...pages('Snapshot', 'snapshots'),
  ...pages('AttributeValue', 'values'),
  ...pages('Score', 'scores'),
  ...pages('Influence', 'scores'),
  ...pages('Question', 'questions'),
  ...pages('GivenAnswer', 'answers'),
  ...pages('TestFamily', 'families'),
  ...pages('RecordedTest', 'tests'),
  ...pages('RoutingLoad', 'loads'),
  ...pages('Run', 'runs'),
  ...pages('DeadLetter', 'letters'),
  ...pages('Project', 'projects', 'ProjectList'),
  ['ScoreConnection.truncated', 'pageInfo { hasNextPage }'],
  ['ShardImpact.runs', 'nodes'],
  ['ShardImpact.next', 'pageInfo { endCursor }'],
  ['SnapshotContents.members', 'nodes'],
  ['SnapshotContents.next', 'pageInfo { endCursor }'],
  ['SnapshotMember.place', 'index'],
  ['MetricHistory.points', 'nodes'],
  ['MetricHistory.more', 'pageInfo { hasNextPage }'],
  ['Query.metricHistory(skip)', 'after'],
  ...['id', 'arms', 'capabilities', 'slices', 'runs'].map((field) =>
    inNodes(`ExperimentConnection.${field}`),
  ),
  ['Experiment.asOf', 'asOf of ExperimentConnection'],
  ['Effect.reading', 'interpretation'],
  ['RelativeChange.ratioOfMeans', 'percentChangeOfMeans'],
  ['RelativeChange.meanOfRatios', 'meanOfPercentChanges'],
  ['Status.obstacles', 'readinessConditions'],
  ['Obstacle', 'ReadinessCondition'],
]);

type Entry = [before: string, now: string];

/** A list that had a page type of its own. */
function pages(node: string, field: string, type = `${node}Page`): Entry[] {
  return [
    [type, `${node}Connection`],
    [`${node}Connection.${field}`, 'nodes'],
    [`${node}Connection.next`, 'pageInfo { endCursor }'],
  ];
}

/** A field of the items of a list that had no page. */
function inNodes(field: string): Entry {
  return [field, `nodes { ${field.slice(field.indexOf('.') + 1)} }`];
}

/** Messages of the validation of graphql 16 that name an unknown type, field or argument. */
const UNKNOWN: readonly (readonly [RegExp, (found: readonly string[]) => string])[] = [
  [/^Cannot query field "(\w{1,100})" on type "(\w{1,100})"/, ([, field, type]) => `${type}.${field}`],
  [
    /^Unknown argument "(\w{1,100})" on field "([\w.]{1,200})"/,
    ([, argument, field]) => `${field}(${argument})`,
  ],
  [/^Unknown type "(\w{1,100})"/, ([, type]) => `${type}`],
];

/** What to write instead of the name that a message of the validation calls unknown; undefined where it never existed. */
export function renamedIn(message: string): { readonly before: string; readonly now: string } | undefined {
  for (const [pattern, nameOf] of UNKNOWN) {
    const found = pattern.exec(message);
    const before = found ? nameOf(found) : '';
    const now = RENAMED.get(before);
    if (now !== undefined) return { before, now };
  }
  return undefined;
}

/** Names of the table, for tests. */
export const renamedNames = (): readonly string[] => [...RENAMED.keys()];
