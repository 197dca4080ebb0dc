import type { Fact } from '@tributary/contracts';
import { actor, link, stub, UNREGISTERED, withLinks } from './fact-links.ts';
import type { DataOf, FactGraph } from './fact-links.ts';
import { nodeId } from './node.ts';

/** Nodes and edges of facts that say who decided what; undefined for any other fact. */
export function decisionGraph(fact: Fact): FactGraph | undefined {
  switch (fact.type) {
    case 'mixture.plan.approved':
      return approval(fact.data);
    case 'mixture.plan.superseded':
      return supersession(fact.data);
    case 'corpus.shard.retracted':
      return retractedShard(fact.data);
    case 'corpus.source.retracted':
      return retractedSource(fact.data);
    case 'corpus.alias.declared':
      return alias(fact.data);
    default:
      return undefined;
  }
}

/** Who approved a mixture. */
function approval({ mixtureId, approvedBy }: DataOf<'mixture.plan.approved'>): FactGraph {
  const id = nodeId('mixture', mixtureId);
  return withLinks(stub(id), [link(actor(approvedBy), id, 'approved')]);
}

/** A mixture comes from the one that it supersedes, and from who replaced it. */
function supersession(data: DataOf<'mixture.plan.superseded'>): FactGraph {
  const id = nodeId('mixture', data.supersededBy);
  return withLinks(stub(id), [
    link(nodeId('mixture', data.mixtureId), id, 'superseded_by'),
    link(actor(data.actor), id, 'superseded_by'),
  ]);
}

/** Who retracted a shard, which may be one that was never registered. */
function retractedShard({ shardId, actor: by }: DataOf<'corpus.shard.retracted'>): FactGraph {
  const id = nodeId('shard', shardId);
  return withLinks(stub(id), [link(actor(by), id, 'retracted')]);
}

/** Who retracted a snapshot or a published package. */
function retractedSource({ kind, ref, actor: by }: DataOf<'corpus.source.retracted'>): FactGraph {
  const id = nodeId(kind === 'snapshot' ? 'snapshot' : 'source', ref);
  const reason = kind === 'snapshot' ? UNREGISTERED.snapshot : UNREGISTERED.source;
  return withLinks(stub(id, reason), [link(actor(by), id, 'retracted')]);
}

/** Addresses of one shard are nodes. That they are one is decided when reading. */
function alias({ kind, address, other }: DataOf<'corpus.alias.declared'>): FactGraph {
  const named = kind === 'pair' ? [address, other] : [];
  return { nodes: named.map((id) => stub(nodeId('shard', id), UNREGISTERED.alias)), edges: [] };
}
