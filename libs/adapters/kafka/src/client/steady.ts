import type { Broker } from './broker.ts';

const serialised = new WeakSet<object>();

/**
 * kafkajs opens a connection once more for each request that comes while it is being opened, forgets all but the last,
 * and writes to that one before it stands. Here everybody waits for the first.
 */
export function serialiseConnects(broker: Broker): Broker {
  const { connectionPool: pool } = broker;
  if (serialised.has(pool)) return broker;
  serialised.add(pool);
  const open = pool.getConnection.bind(pool);
  const opening = new Map<number, Promise<unknown>>();
  pool.getConnection = (index = 0) => {
    const known = opening.get(index);
    if (known) return known;
    const opened = open(index).finally(() => opening.delete(index));
    opening.set(index, opened);
    return opened;
  };
  return broker;
}
