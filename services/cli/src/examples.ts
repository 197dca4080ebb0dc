const EXAMPLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['serve', ['tributary serve --data /srv/tributary --port 4800']],
  [
    'import',
    [
      'tributary import runs/ --dry-run',
      'tributary import results.json --as lm-eval --model my-model',
      'tributary import train.log --as megatron-log --run my-run',
      'tributary import scores.csv --as score-table --model my-model --unit percent',
      'tributary map losses.csv > map.yaml',
      'tributary import losses.csv --map map.yaml',
      'tributary import exports/*.csv --map map.yaml',
      'tributary import --undo 6f1f5c1e-94d5-4f0e-9f0a-2a54c0ffee01 --dry-run',
    ],
  ],
  ['imports', ['tributary imports', 'tributary imports --json --at 2026-11-24']],
  [
    'map',
    [
      'tributary map losses.csv > map.yaml',
      'tributary import losses.csv --map map.yaml --dry-run',
      'tributary map exports/ > map.yaml',
    ],
  ],
  [
    'tag',
    [
      'tributary tag code.jsonl --attribute cirs --dry-run',
      'tributary tag corpus.jsonl --attribute contamination --against items.jsonl --dry-run',
      'tributary tag shard.jsonl --attribute domain --shard web-0001 --facts tags.ndjson',
    ],
  ],
  ['attributes', ['tributary attributes', 'tributary attributes --json']],
  ['source', ['tributary source 2']],
  [
    'list',
    [
      'tributary list runs --where status=failed --sort newest --limit 10',
      'tributary list checkpoints --where run=lab-full-s1',
      'tributary list shards --where source=npm/vue@3.4.38 --at 2026-11-24',
    ],
  ],
  ['search', ['tributary search vue', 'tributary search "learning rate" --kinds runs mixtures']],
  ['show', ['tributary show lab-full-s1', 'tributary show source:npm/vue@3.4.38 --at 2026-11-24']],
  [
    'diff',
    [
      'tributary diff lab-full-s1 lab-dense-s1',
      'tributary diff lab-full lab-dense --at 2026-11-24',
      'tributary diff lab-full lab-wo_code --tokens 1.1e7 --by source',
    ],
  ],
  [
    'compare-scores',
    [
      'tributary compare-scores lab-full-s1 lab-dense-s1',
      'tributary compare-scores lab-full-s1 lab-dense-s1 --capability math_text --at 2026-11-24 --json',
    ],
  ],
  [
    'exposure',
    [
      'tributary exposure lab-full-s1',
      'tributary exposure lab-full-s1@700 --diff lab-full-s1@1400',
      'tributary exposure lab-full-s1 --drift --windows 5',
      'tributary exposure --experiment lab --group-by run,domain --only domain=code --first 2',
    ],
  ],
  ['what-if', ['tributary what-if lab-full --tokens 1.1e7 --by source']],
  [
    'decide',
    [
      'tributary decide plan.yaml',
      'tributary decide plan.yaml --replace --reason "the crawl is smaller than it was said to be" --actor ada',
      'tributary decide mixtures.csv --reason "a sweep over the share of code"',
    ],
  ],
  ['approve', ['tributary approve more-code --actor grace --reason "within the budget"']],
  ['supersede', ['tributary supersede more-code most-code --reason "the ablation is in"']],
  ['predictions', ['tributary predictions more-code', 'tributary predictions more-code --at 2026-11-24']],
  ['batch', ['tributary batch mini --step 3', 'tributary batch mini --step 3 --first 20 --json']],
  [
    'metrics',
    ['tributary metrics lab-full-s1', 'tributary metrics lab-full-s1 loss --from-step 1000 --buckets coarse'],
  ],
  ['config', ['tributary config lab-full-s1', 'tributary config lab-full-s1 --attempt 1 --json']],
  ['spikes', ['tributary spikes lab-full-s1 --by shard --first 3']],
  [
    'summary',
    [
      'tributary summary lab-full-s1',
      'tributary summary lab-full-s1 --checkpoint lab-full-s1@1400 --markdown summary.md',
    ],
  ],
  [
    'contamination',
    [
      'tributary contamination gsm8k lab-full-s1',
      'tributary contamination gsm8k lab-full-s1 --at 2026-11-24 --json',
    ],
  ],
  ['experiments', ['tributary experiments', 'tributary experiments --at 2026-11-24']],
  [
    'attribute',
    [
      'tributary attribute --experiment lab --slice code --capability math_text --displacement proportional',
      'tributary attribute --experiment lab --slice code --displacement swap:prose --no-record',
    ],
  ],
  ['answer', ['tributary answer 3f2a9c', 'tributary answer 3f2a9c --rerun']],
  ['answers', ['tributary answers lab', 'tributary answers --verify']],
  ['predict', ['tributary predict --experiment lab --mixtures mixtures.csv']],
  ['design', ['tributary design --experiment lab --slice knowledge --capability math --effect 0.05']],
  [
    'decision-accuracy',
    [
      'tributary decision-accuracy --capability Core --metric Core_v2 --small 411M --target 1.4B',
      'tributary decision-accuracy --capability math --proxy-metric bits_per_byte --small 150M --target 1B',
    ],
  ],
  ['status', ['tributary status', 'tributary status --json']],
  [
    'dead-letters',
    [
      'tributary dead-letters list --code schema_violation',
      'tributary dead-letters fix 0198f0c1 --file fixed.json',
    ],
  ],
  ['run', ['tributary run lab-full-s1', 'tributary run lab-full-s1 --at 2026-11-24']],
  [
    'lineage',
    [
      'tributary lineage checkpoint:lab-full-s1@700 --plot lineage.svg',
      'tributary lineage --from source:npm/vue@3.4.38 --to checkpoint:lab-full-s1@1400',
    ],
  ],
  [
    'alias',
    [
      'tributary alias s3://corpus/web/part-0.npy https://mirror.example/web/part-0.npy --reason "a mirror"',
      'tributary alias s3://corpus/ https://mirror.example/ --rule prefix --reason "a mirror of the bucket"',
      'tributary alias s3://corpus/ https://mirror.example/ --rule prefix --undo --reason "it went its own way"',
    ],
  ],
  ['aliases', ['tributary aliases', 'tributary aliases lab/code/train/npm-vue']],
  ['retract', ['tributary retract source npm/vue@3.4.38 --reason "licence withdrawn"']],
  ['impact', ['tributary impact source npm/vue@3.4.38']],
  ['rebuild', ['tributary rebuild --verify', 'tributary rebuild']],
  ['verify', ['tributary verify --data /srv/tributary']],
  [
    'scrub',
    [
      'tributary scrub --dry-run --data /srv/tributary',
      'tributary scrub --secret-file token.txt --reason "a token in a config" --data /srv/tributary',
    ],
  ],
  ['backup', ['tributary backup /backups/2026-11-24 --data /srv/tributary']],
  ['restore', ['tributary restore /backups/2026-11-24 --data /srv/tributary-new']],
  [
    'keys',
    [
      'tributary keys create --name trainer --scope read,write --expires 90d',
      'tributary keys list',
      'tributary keys revoke 5f1c2a9b7d3e4f60',
    ],
  ],
  ['completion', ['eval "$(tributary completion bash)"', 'tributary completion fish | source']],
]);

/** Command lines that the help of a command shows. A test parses every one. */
export const examplesOf = (command: string): readonly string[] => EXAMPLES.get(command) ?? [];
