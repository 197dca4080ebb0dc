/** A reporter of vitest. A test whose process dies is in no other report, so this one names it at the end. */
// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter by its default export
export default class UnfinishedTests {
  /** For each file that has not ended: the last test that is known to have begun. Reports of a process that dies are lost. */
  #running = new Map();

  onTestModuleQueued({ relativeModuleId }) {
    this.#running.set(relativeModuleId, 'no test is known to have begun');
  }

  onTestCaseReady({ module, fullName }) {
    /* The report of a test may come behind that of the end of its file. */
    if (this.#running.has(module.relativeModuleId)) this.#running.set(module.relativeModuleId, fullName);
  }

  onTestModuleEnd({ relativeModuleId }) {
    this.#running.delete(relativeModuleId);
  }

  onTestRunEnd() {
    const lines = Array.from(this.#running, ([file, test]) => `never ended: ${file} (${test})\n`);
    /* Behind what the other reporters still print. */
    process.once('exit', () => process.stderr.write(lines.join('')));
  }
}
