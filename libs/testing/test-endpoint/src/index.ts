export { serveProtocol } from './serve-protocol.ts';
export type { ServedProtocol } from './serve-protocol.ts';
