/** Resolves when everything is gone. */
export type Sweep = () => Promise<void>;
export declare function sweptAtTheEnd(directory: string): Sweep;
