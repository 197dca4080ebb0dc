/** What one request of GraphQL may ask. */
export type QuestionLimits = {
  /** Tokens of its text. */
  readonly tokens: number;
  /** Fields inside of fields, fragments expanded. */
  readonly depth: number;
  readonly aliases: number;
  /** Fields of the query itself: each is a question of its own. */
  readonly rootFields: number;
  readonly directives: number;
  /** What it may cost, estimated before it runs: pages are multiplied down the tree. */
  readonly cost: number;
};

export const QUESTION_LIMITS: QuestionLimits = {
  tokens: 2_000,
  depth: 15,
  aliases: 50,
  rootFields: 20,
  directives: 50,
  cost: 1_000_000,
};

/** The environment variables that change them; refusals name them. */
export const QUESTION_VARIABLES: Readonly<Record<keyof QuestionLimits, string>> = {
  tokens: 'TRIBUTARY_GRAPHQL_TOKENS',
  depth: 'TRIBUTARY_GRAPHQL_DEPTH',
  aliases: 'TRIBUTARY_GRAPHQL_ALIASES',
  rootFields: 'TRIBUTARY_GRAPHQL_ROOT_FIELDS',
  directives: 'TRIBUTARY_GRAPHQL_DIRECTIVES',
  cost: 'TRIBUTARY_GRAPHQL_COST',
};

/** How many questions a process works on at once, and for how long. */
export type AnsweringLimits = {
  /** Requests that are answered at once. */
  readonly questions: number;
  /** Milliseconds until a request must be answered. */
  readonly timeout: number;
  /** Questions to estimators that are worked on at once. */
  readonly attributions: number;
  /** Those that wait for that; further ones are refused. */
  readonly attributionsWaiting: number;
  /** Queries that wait until the engine can begin them; further ones are refused. */
  readonly queriesWaiting: number;
};

export const ANSWERING_LIMITS: AnsweringLimits = {
  questions: 128,
  timeout: 300_000,
  attributions: 4,
  attributionsWaiting: 32,
  queriesWaiting: 2_000,
};

/** The environment variables that change them. */
export const ANSWERING_VARIABLES: Readonly<Record<keyof AnsweringLimits, string>> = {
  questions: 'TRIBUTARY_QUESTIONS',
  timeout: 'TRIBUTARY_QUESTION_TIMEOUT_MS',
  attributions: 'TRIBUTARY_ATTRIBUTIONS',
  attributionsWaiting: 'TRIBUTARY_ATTRIBUTIONS_WAITING',
  queriesWaiting: 'TRIBUTARY_QUERIES_WAITING',
};
