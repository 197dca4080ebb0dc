export { lineageProjection } from './projection.ts';
export { firstEdges, neighbourCounts, nodes, summary, unrecordedSources } from './queries.ts';
export { cyclesIn } from './cycles.ts';
export { evidenceNode } from './evidence-node.ts';
export type {
  Consumption,
  ConsumptionFinder,
  Graph,
  Held,
  Identity,
  IdentityDoubt,
  IdentityFinder,
  MadeApart,
  NeighbourCount,
  OtherPaths,
  WalkedEdge,
} from './neighbours.ts';
export { NO_IDENTITIES } from './neighbours.ts';
export { paths } from './paths.ts';
export type { Paths, PathsRequest } from './paths.ts';
export { unresolvedReason } from './unresolved.ts';
export { MAX_DEPTH, MAX_NODES, walk } from './walk.ts';
export type { Direction, Walk, WalkedNode, WalkRequest } from './walk.ts';
export { NODE_KINDS } from './node.ts';
export { foldEvents } from './openlineage/fold-events.ts';
export type { FoldedEvents } from './openlineage/fold-events.ts';
export type { FoldedDataset } from './openlineage/folded-datasets.ts';
export { openLineageEventOf } from './openlineage/open-lineage-event.ts';
export type { OpenLineageEvent } from './openlineage/open-lineage-event.ts';
