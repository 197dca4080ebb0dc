declare module 'snappyjs' {
  /** Throws where the text says that it holds more than `maxLength` bytes. */
  export const uncompress: (bytes: Uint8Array, maxLength: number) => Uint8Array;
  export const compress: (bytes: Uint8Array) => Uint8Array;
}

declare module 'lz4js' {
  export const decompressBound: (frame: Uint8Array) => number;
  /** Writes into `into`, which keeps what fits; returns the length of the whole. */
  export const decompressFrame: (frame: Uint8Array, into: Uint8Array) => number;
  export const compress: (bytes: Uint8Array) => Uint8Array;
}
