/** Bytes of a request on the wire, and after inflating. */
export const MAX_WIRE_BYTES = 4 * 1024 * 1024;
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
