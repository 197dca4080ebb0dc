import fetchRequest from 'kafkajs/src/protocol/requests/fetch/v11/request.js';
import type { Broker } from '../client/broker.ts';
import { isConnectionError } from '../client/broker-fault.ts';
import { decodeFetchResponse, type FetchResponse } from './fetch-response.ts';

/** Milliseconds that a broker waits for records before it answers. */
const MAX_WAIT = 250;
const MAX_BYTES = 16 * 1024 * 1024;
/** Milliseconds that an answer may take beyond that. */
const GRACE = 5000;

export type PartitionFetch = { readonly partition: number; readonly from: number; readonly maxBytes: number };

/**
 * Fetches records from a broker. The request is kafkajs's. The response is decoded here, because kafkajs verifies no
 * checksum, fails a whole response for one corrupted batch, and loses the order of headers.
 */
export async function fetchFrom(
  broker: Broker,
  topic: string,
  fetches: readonly PartitionFetch[],
): Promise<FetchResponse> {
  const request = fetchRequest({
    replicaId: -1,
    maxWaitTime: MAX_WAIT,
    minBytes: 1,
    maxBytes: MAX_BYTES,
    topics: [
      {
        topic,
        partitions: fetches.map(({ partition, from, maxBytes }) => ({
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
