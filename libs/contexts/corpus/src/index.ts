export { corpusProjection } from './projection.ts';
export {
  attributeValues,
  measuredShards,
  members,
  normaliserStatistics,
  pipelineSteps,
  listedParts,
  registeredParts,
  retractions,
  retractionsSince,
  shardLabels,
  shards,
  snapshotNames,
  snapshots,
  snapshotSources,
  snapshotsOfShards,
} from './queries.ts';
export { corpusUpcasters } from './upcast.ts';
