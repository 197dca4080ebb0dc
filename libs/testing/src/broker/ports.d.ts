/** Free ports of the loopback, all different. Nothing keeps them free until they are taken. */
export declare function freePorts(count: number): Promise<number[]>;
