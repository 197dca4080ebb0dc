export { corpusProjection } from './projection.ts';
export { contaminationFound, contaminationSearches } from './contamination-queries.ts';
export { MAX_RULES } from './aliases/find-addresses.ts';
export { partsOfRules } from './aliases/rule-parts.ts';
export { sameShards } from './aliases/same-shards.ts';
export type { SameShards } from './aliases/same-shards.ts';
export { TOO_MANY_RULES } from './aliases/address-classes.ts';
export type { Doubt, Join } from './aliases/address-classes.ts';
export { digestsDiffer } from './aliases/shard-keys.ts';
export { similarShards } from './aliases/similar-shards.ts';
export type { SimilarShards } from './aliases/similar-shards.ts';
export {
  aliases,
  aliasRules,
  MAX_HOPS,
  attributeValues,
  firstListings,
  measuredShards,
  members,
  normaliserStatistics,
  pipelineSteps,
  listedParts,
  registeredParts,
  retractions,
  retractedSnapshots,
  retractionsSince,
  shardDigests,
  shardLabels,
  shards,
  shardsWithAliases,
  snapshotNames,
  snapshots,
  snapshotSources,
  snapshotsOfShards,
  standingAlias,
} from './queries.ts';
export { corpusUpcasters } from './upcast.ts';
