/**
 * Does work while no other process does work under the same file; blocks meanwhile. Saves work, and does not guard
 * anything: whoever has waited too long, or finds that the owner is gone, goes ahead.
 */
export declare function withLock<T>(file: string, milliseconds: number, work: () => T): T;
