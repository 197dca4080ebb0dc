declare module 'snappyjs' {
  /** Throws if the header states more than `maxLength` bytes. */
  export const uncompress: (bytes: Uint8Array, maxLength: number) => Uint8Array;
  export const compress: (bytes: Uint8Array) => Uint8Array;
}

declare module 'lz4js' {
  export const decompressBound: (frame: Uint8Array) => number;
  /** Writes as much as fits into `into`; returns the length of the whole content. */
  export const decompressFrame: (frame: Uint8Array, into: Uint8Array) => number;
  export const compress: (bytes: Uint8Array) => Uint8Array;
}
