/** One process that is broker and controller. */
export type BrokerNode = {
    /** From 1. */
    readonly id: number;
    readonly directory: string;
    readonly port: number;
    readonly controllerPort: number;
    /** A second door for clients, told to them under another port: where something stands between. */
    readonly proxied?: {
        readonly port: number;
        readonly advertised: number;
    };
};
/** The properties file of a node; `nodes` are all of its cluster. */
export declare function settingsOf(node: BrokerNode, nodes: readonly BrokerNode[]): string;
