/**
 * A map that comes with Tributary. `maps` are YAML: the first of which a file has all columns reads it. `lines` is how
 * many lines of a log must match before it is taken for one.
 */
export type BuiltInMap = {
  readonly kind: string;
  readonly looksFor: string;
  readonly evidence: string;
  readonly confidence: number;
  readonly maps: readonly string[];
  /** Of a log: text of which each matching line has one. It is found faster than a pattern. */
  readonly contains?: readonly string[];
  /** Of a table: what its header must have besides the columns of the map. */
  readonly header?: RegExp;
};

/** Launchers put the number of the process before each line. */
const PREFIX = String.raw`^\s*(?:\d+: |\[[^\]]{1,40}\]:? ?)?`;
const NUMBER = String.raw`[-+]?[\d.]+(?:[eE][-+]?\d+)?|nan|[-+]?inf`;

const nanogpt: BuiltInMap = {
  kind: 'nanogpt-console',
  looksFor: 'the console of nanoGPT ("iter N: loss X, time T ms", "step N: train loss A, val loss B")',
  evidence:
    'has lines "iter N: loss X, time Tms" or "step N: train loss A, val loss B" as nanoGPT prints them',
  confidence: 0.95,
  contains: ['iter ', ': train loss '],
  maps: [
    String.raw`
reads: log
patterns:
  - '${PREFIX}step (?P<step>\d+): train loss (?P<eval_train_loss>${NUMBER}), val loss (?P<val_loss>${NUMBER})\s*$'
  - '${PREFIX}iter (?P<step>\d+): (?P<pairs>loss (?:${NUMBER}), (?:.*, )?time (?:${NUMBER}) ?ms.*)$'
pairs: '(?P<key>[A-Za-z_][A-Za-z_/ ]*) (?P<value>(?:${NUMBER})[A-Za-z%/]*)'
step: step
metrics: all
`,
  ],
};

const moddedNanogpt: BuiltInMap = {
  kind: 'modded-nanogpt',
  looksFor: 'logs of modded-nanogpt ("step:N/M val_loss:X train_time:Tms")',
  evidence: 'has lines "step:N/M val_loss:X train_time:Tms" as modded-nanogpt prints them',
  confidence: 0.95,
  contains: ['step:'],
  maps: [
    String.raw`
reads: log
patterns:
  - '${PREFIX}step:(?P<step>\d+)/\d+ val_loss:(?P<val>${NUMBER})(?: train_time: ?(?P<valtime>\S+))?(?: step_avg:(?P<valavg>\S+))?'
  - '${PREFIX}step:(?P<step>\d+)/\d+ (?:train_loss:(?P<loss>${NUMBER}) )?train_time: ?(?P<time>\S+)(?: step_avg:(?P<avg>\S+))?'
step: step
metrics: {loss: loss, val_loss: val, train_time: time, step_avg: avg, val/train_time: valtime, val/step_avg: valavg}
`,
  ],
};

const llmcConsole: BuiltInMap = {
  kind: 'llmc-console',
  looksFor: 'the console of llm.c ("step N/M | loss … | norm … | lr … |")',
  evidence: 'has lines "step N/M | loss X | norm Y | lr Z |" as llm.c prints them',
  confidence: 0.95,
  contains: ['| lr ', 'val loss '],
  maps: [
    String.raw`
reads: log
patterns:
  - '${PREFIX}step\s+(?P<step>\d+)/\d+ \| (?:train )?loss (?P<loss>${NUMBER})[^|]*\| norm (?P<norm>${NUMBER})[^|]*\| lr (?P<lr>${NUMBER}) \| \(?(?P<ms>${NUMBER}) ms \|(?: (?P<mfu>${NUMBER})% bf16 MFU \|)? (?P<speed>${NUMBER}) tok/s'
  - '${PREFIX}val loss (?P<val>${NUMBER})\s*$'
step: {last: step}
metrics: {loss: loss, grad_norm: norm, learning_rate: lr, val_loss: val, time (ms): ms, mfu (%): mfu, tok/s: speed}
`,
  ],
};

const llmcLog: BuiltInMap = {
  kind: 'llmc-log',
  looksFor: 'main.log of llm.c ("s:N trl:X", "s:N tel:X", "s:N eval:X")',
  evidence: 'has lines "s:N trl:X" or "s:N tel:X" as llm.c writes them',
  confidence: 0.95,
  contains: [' trl:', ' tel:', ' eval:'],
  maps: [
    String.raw`
reads: log
patterns:
  - '^s:(?P<step>\d+) trl:(?P<loss>${NUMBER})(?: lr:(?P<lr>${NUMBER}))?(?: norm:(?P<norm>${NUMBER}))?\s*$'
  - '^s:(?P<step>\d+) tel:(?P<val>${NUMBER})\s*$'
  - '^s:(?P<step>\d+) eval:(?P<eval>${NUMBER})\s*$'
step: step
metrics: {loss: loss, learning_rate: lr, grad_norm: norm, val_loss: val, hellaswag: eval}
`,
  ],
};

const hfConsole: BuiltInMap = {
  kind: 'hf-console',
  looksFor: "the console of the Hugging Face trainer (\"{'loss': X, …, 'epoch': E}\")",
  evidence: "has dictionaries with 'loss' and 'epoch' as the Hugging Face trainer prints them",
  confidence: 0.9,
  contains: ["'epoch': "],
  maps: [
    String.raw`
reads: log
patterns: ["(?P<pairs>\\{'(?:loss|eval_loss|train_runtime|eval_[a-z0-9_]+)': [^{}]*'epoch': '?[-+0-9.eE]+'?\\})"]
pairs: "'(?P<key>[^']+)': '?(?P<value>[^', }]+)'?"
metrics: all
`,
  ],
};

const litgpt: BuiltInMap = {
  kind: 'litgpt-console',
  looksFor: 'the console of litgpt ("Epoch E | iter N step S | loss train: X, … | iter time: T ms")',
  evidence: 'has lines "Epoch E | iter N step S | loss train: X" as litgpt prints them',
  confidence: 0.95,
  contains: ['| loss train: '],
  maps: [
    String.raw`
reads: log
patterns:
  - '${PREFIX}Epoch (?P<epoch>\d+) \| iter\s+(?P<iter>\d+) step\s+(?P<update>\d+) \|\s+loss train:\s+(?P<loss>${NUMBER})(?:,\s+val:\s+\S+)?\s+\| iter time:\s+(?P<time>(?:${NUMBER}) m?s)'
  - '${PREFIX}iter (?P<iter>\d+): val loss (?P<val>${NUMBER}), val time: (?P<valtime>(?:${NUMBER}) ms)\s*$'
step: iter
metrics: {loss: loss, epoch: epoch, optimizer step: update, iter time: time, val_loss: val, val time: valtime}
`,
  ],
};

/** Of several processes that write one log, the first one is read: their losses differ. */
const lingua: BuiltInMap = {
  kind: 'lingua-console',
  looksFor: 'the console of lingua ("step: N  acc: A  loss: X  grad: G  …")',
  evidence: 'has lines "step: N  acc: A  loss: X" as lingua prints them',
  confidence: 0.95,
  contains: ['  acc: '],
  maps: [
    String.raw`
reads: log
patterns: ['^(?:0: )?INFO\s+\S+ \S+ - .{1,40} - step: (?P<step>\d+)\s+acc: \d+\s+(?P<pairs>loss:\s.*)$']
pairs: '(?P<key>[a-z_]+):\s*(?P<value>(?:${NUMBER})(?:%| W)?)'
step: step
metrics: all
`,
  ],
};

/** Metrics stand in the lines below a step. A name without a group is one of the configuration. */
const olmo: BuiltInMap = {
  kind: 'olmo-console',
  looksFor: 'the console of OLMo and OLMo-core ("[step=N/M]" above lines "    train/… = X")',
  evidence: 'has lines "[olmo…] [step=N/M…]" as OLMo prints them',
  confidence: 0.95,
  contains: ['[step='],
  maps: [
    String.raw`
reads: log
patterns:
  - '\[olmo(?:_core)?\.[\w.]{1,80}:\d+(?:, rank=0)?\]\s+\[step=(?P<step>\d+)/\d+(?:,[^\]]*)?\]\s*$'
  - '^    (?P<name>[A-Za-z][\w ]*/[^=]*[^= ])=(?P<value>[-+]?[\d.,]+(?:[eE][-+]?\d+)?|nan|[-+]?inf)\s*$'
numbers: "1,234.5"
step: {last: step}
metric: name
value: value
`,
  ],
};

const tensorboardCsv: BuiltInMap = {
  kind: 'tensorboard-csv',
  looksFor:
    'a scalar that TensorBoard exported as CSV (Wall time, Step, Value); the tag is in the name of the file',
  evidence: 'has the header Wall time,Step,Value',
  confidence: 0.95,
  header: /^"?Wall time"?,"?Step"?,"?Value"?\s*$/,
  maps: [
    String.raw`
reads: table
path: '(?:run-[^/]+-tag-)?(?P<tag>[^/]+?)\.(?:csv|txt)(?:\.gz)?$'
step: Step
time: Wall time
metric: tag
value: Value
`,
  ],
};

const wandbHistory: BuiltInMap = {
  kind: 'wandb-history',
  looksFor: 'a run history of W&B as CSV or JSON lines (with columns _step and _runtime or _timestamp)',
  evidence: 'has the columns _step and _timestamp or _runtime of W&B',
  confidence: 0.95,
  header: /_step\b/,
  maps: ['reads: table\nstep: _step\ntime: _timestamp\nmetrics: all\n'],
};

const CHART = String.raw`columns: '^(?P<run>.+) - (?P<metric>.+?)(?P<skip>__MIN|__MAX|__STDERR)?$'`;

const wandbChart: BuiltInMap = {
  kind: 'wandb-chart',
  looksFor: 'a chart of W&B exported as CSV (Step, "RUN - METRIC", "RUN - METRIC__MIN", …)',
  evidence: 'has columns "RUN - METRIC" and "RUN - METRIC__MIN" as W&B exports charts',
  confidence: 0.95,
  header: / - [^,]+__MIN"?,/,
  maps: ['Step', 'global_step', 'train/global_step', 'trainer/global_step'].map(
    (step) => `reads: table\n${CHART}\nrun: run\nstep: ${step}\nmetric: metric\nvalue: value\n`,
  ),
};

const jsonlHistory: BuiltInMap = {
  kind: 'jsonl-history',
  looksFor: 'JSON lines with a step and a loss',
  evidence: 'has a step and a loss in the JSON object on each line',
  confidence: 0.8,
  header: /"[^"]*(?:loss|perplexity|ppl)[^"]*":\s*(?:"?[-+\d.]|NaN|null)/i,
  maps: ['step', '_step', 'global_step', 'iteration', 'iter', 'trainer/global_step'].map(
    (step) => `reads: table\nstep: ${step}\nmetrics: all\n`,
  ),
};

export const builtInMaps: readonly BuiltInMap[] = [
  nanogpt,
  moddedNanogpt,
  llmcConsole,
  llmcLog,
  hfConsole,
  litgpt,
  lingua,
  olmo,
  tensorboardCsv,
  wandbChart,
  wandbHistory,
  jsonlHistory,
];
