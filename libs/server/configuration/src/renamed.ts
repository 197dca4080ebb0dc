/** Earlier names of variables, by the present name. A process that finds one stops and names the present one. */
export const EARLIER_NAMES: ReadonlyMap<string, string> = new Map([
  ['KAFKA_RETRY_TIMEOUT_MS', 'KAFKA_PATIENCE_MS'],
  ['TRIBUTARY_BATCH_LINGER_MS', 'TRIBUTARY_BATCH_PATIENCE_MS'],
]);
