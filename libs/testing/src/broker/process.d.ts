import type { BrokerNode } from './settings.ts';
/** Makes the directory of a node one of the cluster. */
export declare function format(node: BrokerNode, clusterId: string, classpath: string): Promise<void>;
export declare const writeSettings: (node: BrokerNode, settings: string) => Promise<void>;
/** A running JVM of a node. */
export type BrokerProcess = {
    readonly pid: number;
    send(signal: 'SIGSTOP' | 'SIGCONT'): void;
    /** SIGKILL. Resolves when it is gone. */
    kill(): Promise<void>;
};
/** Resolves when the broker takes requests. Throws with the last lines that it wrote when it ends before. */
export declare function run(node: BrokerNode, classpath: string): Promise<BrokerProcess>;
