import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
const POLL = 50;
const PATIENCE = 90_000;
const STARTED = 'Kafka Server started';
const LINES = 15;
const MACHINE = [
    '-Xms64m',
    '-Xmx512m',
    '-XX:+UseSerialGC',
    // Compiled soon rather than well: the process lives for a few tests.
    '-XX:TieredStopAtLevel=1',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    // Says that the broker takes requests.
    '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
];
const settingsFile = ({ directory, id }) => join(directory, `broker-${id}.properties`);
/** Makes the directory of a node one of the cluster. */
export async function format(node, clusterId, classpath) {
    const options = ['format', '--cluster-id', clusterId, '--config', settingsFile(node)];
    await promisify(execFile)('java', [...MACHINE, '-cp', classpath, 'kafka.tools.StorageTool', ...options]);
}
export const writeSettings = async (node, settings) => writeFile(settingsFile(node), settings);
/** Resolves when the broker takes requests. Throws with the last lines that it wrote when it ends before. */
export async function run(node, classpath) {
    const log = join(node.directory, `broker-${node.id}.${Date.now()}.log`);
    const child = launch(node, classpath, log);
    const pidFile = join(node.directory, `broker-${node.id}.pid`);
    await writeFile(pidFile, String(child.pid));
    const kill = async () => {
        if (isGone(child))
            return;
        const exit = once(child, 'exit');
        child.ref();
        child.kill('SIGKILL');
        await exit;
        await rm(pidFile, { force: true });
    };
    await started(child, log).catch(async (error) => {
        await kill();
        throw error;
    });
    return { pid: child.pid ?? 0, send: (signal) => void child.kill(signal), kill };
}
function launch(node, classpath, log) {
    const output = openSync(log, 'w');
    const child = spawn('java', [...MACHINE, '-cp', classpath, 'kafka.Kafka', settingsFile(node)], {
        stdio: ['ignore', output, output],
    });
    closeSync(output);
    child.unref();
    return child;
}
const isGone = (child) => child.exitCode !== null || child.signalCode !== null;
async function started(child, log) {
    const until = Date.now() + PATIENCE;
    for (;;) {
        const written = await readFile(log, 'utf8');
        if (written.includes(STARTED))
            return;
        if (isGone(child) || Date.now() > until)
            throw new Error(failure(child, written));
        await pause(POLL);
    }
}
function failure(child, written) {
    const how = isGone(child) ? 'ended before it served' : `did not serve within ${PATIENCE / 1000} s`;
    const last = written.trimEnd().split('\n').slice(-LINES).join('\n');
    return `the broker ${how}; the last that it wrote:\n${last}`;
}
//# sourceMappingURL=process.js.map