import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jarsOf } from './jars.js';
import { sweptAtTheEnd } from './left-over.js';
import { freePorts } from './ports.js';
import { format, run, writeSettings } from './process.js';
import { settingsOf } from './settings.js';
/** Resolves when every broker serves. Throws Error saying what is missing, or the last lines of a broker that failed. */
export async function startBroker({ version, brokers = 1, advertise, } = {}) {
    const jars = jarsOf(version);
    if (!jars.ok)
        throw new Error(`no broker can be started: ${jars.reason}`);
    const directory = await mkdtemp(join(tmpdir(), 'tributary-broker-'));
    const sweep = sweptAtTheEnd(directory);
    try {
        const nodes = await nodesOf(directory, { brokers, advertise });
        await formatAll(nodes, jars.classpath);
        const start = async (node) => run(node, jars.classpath);
        const running = await Promise.all(nodes.map(start));
        return { version: jars.version, directory, ...handle({ nodes, running, start, sweep }) };
    }
    catch (error) {
        await sweep();
        throw error;
    }
}
async function nodesOf(directory, { brokers, advertise }) {
    const ports = await freePorts(brokers * 3);
    return Promise.all(ports.slice(0, brokers).map(async (port, index) => {
        const [controllerPort = 0, second = 0] = [ports[brokers + index], ports[2 * brokers + index]];
        const node = { id: index + 1, directory, port, controllerPort };
        return advertise ? { ...node, proxied: { port: second, advertised: await advertise(second) } } : node;
    }));
}
async function formatAll(nodes, classpath) {
    const clusterId = newClusterId();
    await Promise.all(nodes.map(async (node) => {
        await writeSettings(node, settingsOf(node, nodes));
        await format(node, clusterId, classpath);
    }));
}
/** Sixteen bytes in base64url; not led by a dash, which a command line would take for an option. */
function newClusterId() {
    const bytes = randomBytes(16);
    bytes[0] = (bytes[0] ?? 0) & 0x7f;
    return bytes.toString('base64url');
}
function handle({ nodes, running, start, sweep }) {
    const kill = async (index = 0) => {
        await running[index]?.kill();
        running[index] = undefined;
    };
    return {
        bootstrap: nodes.map(({ port }) => `127.0.0.1:${port}`),
        proxied: nodes.flatMap(({ proxied }) => (proxied ? [`127.0.0.1:${proxied.advertised}`] : [])),
        pids: () => running.flatMap((process) => process?.pid ?? []),
        kill,
        restart: async (index = 0) => {
            await kill(index);
            const node = nodes[index];
            if (node === undefined)
                throw new Error(`there is no broker ${index}; the cluster has ${nodes.length}`);
            running[index] = await start(node);
        },
        freeze: (index = 0) => running[index]?.send('SIGSTOP'),
        thaw: (index = 0) => running[index]?.send('SIGCONT'),
        stop: async () => {
            await Promise.all(nodes.map(async (_, index) => kill(index)));
            await sweep();
        },
    };
}
//# sourceMappingURL=broker.js.map