import type { ClusterConnection } from '../client/cluster-connection.ts';

/** Milliseconds. */
export type GroupTimes = {
  /** Without a heartbeat for so long, the broker gives the claims to others. */
  readonly session: number;
  readonly heartbeat: number;
  /** How long the broker waits for members to join again. */
  readonly rebalance: number;
  /** Between a rejection of the work and its next life. */
  readonly retry: number;
};

export type GroupContext = {
  readonly topic: string;
  readonly times: GroupTimes;
  readonly report: (line: string) => void;
  /** Connections of its own. */
  readonly connection: ClusterConnection;
  /** Others for the farewell: a broker answers nothing else on a connection where a join waits. */
  readonly leaveConnection: ClusterConnection;
};
