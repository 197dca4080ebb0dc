type Jars = {
    readonly ok: true;
    readonly version: string;
    readonly classpath: string;
}
/** What is missing: a JVM, Maven, the registry, the version. */
 | {
    readonly ok: false;
    readonly reason: string;
};
/** The jars of a broker: fetched once a version by the user's Maven, then taken from the cache. Blocks meanwhile. */
export declare function jarsOf(version?: string): Jars;
/** Why no broker of the default version can be started here; undefined when one can. Fetches its jars the first time. */
export declare function brokerIsHere(): string | undefined;
export {};
