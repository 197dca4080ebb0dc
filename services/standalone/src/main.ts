/* Before anything else: libuv reads the size of its pool when a native part first uses it. */
process.env['UV_THREADPOOL_SIZE'] ??= '16';
const { readConfig, startStandalone } = await import('./index.ts');

const server = await startStandalone(readConfig(process.env));
console.log(`Tributary listens on ${server.url}, GraphQL on ${server.url}/graphql`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void server.close().then(() => process.exit(0));
  });
}
