type BrokerOptions = {
    /** The version that tools/broker/pom.xml names, unless given. */
    readonly version?: string | undefined;
    /** 1 unless given. */
    readonly brokers?: number;
    /**
     * Opens a second door at each broker, of the port that is given, and tells clients that come in there the port that
     * this resolves with: a proxy's that leads to it. Their connections then all go through the proxy.
     */
    readonly advertise?: (port: number) => Promise<number>;
};
/** A cluster of real brokers on the loopback, with a directory of its own. Brokers are counted from 0. */
export type Broker = {
    /** host:port by broker; the same over a restart. */
    readonly bootstrap: readonly string[];
    /** The same through what `advertise` has put between; empty without it. */
    readonly proxied: readonly string[];
    readonly version: string;
    /** Settings, logs and records of all brokers. */
    readonly directory: string;
    /** Process numbers of the brokers that run. */
    pids(): readonly number[];
    /** SIGKILL, as a crash does it. */
    kill(index?: number): Promise<void>;
    /** Kills it where it runs, starts it on what its directory holds, and resolves when it serves. */
    restart(index?: number): Promise<void>;
    /** Stops it in its tracks without closing its connections, until it is thawed. */
    freeze(index?: number): void;
    thaw(index?: number): void;
    /** Kills all and deletes what they kept. Happens by itself when this process ends, however it ends. */
    stop(): Promise<void>;
};
/** Resolves when every broker serves. Throws Error saying what is missing, or the last lines of a broker that failed. */
export declare function startBroker({ version, brokers, advertise, }?: BrokerOptions): Promise<Broker>;
export {};
