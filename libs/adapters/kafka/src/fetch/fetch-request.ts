import fetchRequest from 'kafkajs/src/protocol/requests/fetch/v11/request.js';
import type { Broker } from '../client/broker.ts';
import { isConnectionError } from '../client/broker-fault.ts';
import { decodeFetchResponse, type FetchResponse } from './fetch-response.ts';

/** Milliseconds that a broker keeps a fetch waiting for records. */
const MAX_WAIT = 250;
const MAX_BYTES = 16 * 1024 * 1024;
const GRACE = 5000;

export type PartitionFetch = { readonly partition: number; readonly from: number; readonly maxBytes: number };

/**
 * Asks a broker for records. The request is kafkajs's; the answer is read here, because kafkajs checks no checksum,
 * fails a whole answer for one broken batch, and loses the order of headers.
 */
export async function fetchFrom(
  broker: Broker,
  topic: string,
  wanted: readonly PartitionFetch[],
): Promise<FetchResponse> {
  const request = fetchRequest({
    replicaId: -1,
    maxWaitTime: MAX_WAIT,
    minBytes: 1,
    maxBytes: MAX_BYTES,
    topics: [
      {
        topic,
        partitions: wanted.map(({ partition, from, maxBytes }) => ({
          partition,
          fetchOffset: String(from),
          maxBytes,
        })),
      },
    ],
  });
  const response = { decode: decodeFetchResponse, parse: (answer: FetchResponse) => answer };
  try {
    return await broker.connectionPool.send({ request, response, requestTimeout: MAX_WAIT + GRACE });
  } catch (error) {
    if (isConnectionError(error)) broker.disconnect().catch(() => undefined);
    throw error;
  }
}
