/* Prints the main answers of the recorded experiment for `npm start`, and how to send more queries. */

const EXPERIMENT = 'lab';
const ARMS = ['full', 'wo_code'];

const ANSWER = `
    ... on Attribution {
      complete
      family { tests }
      counting { shards }
      effects {
        estimand { slice capability contrast { more { share } less { share } } }
        effect
        interval { low high }
        unit
        identification
        interpretation
        displacement
        estimator { id }
      }
    }
    ... on AttributionRefused { text }`;

const QUESTION = `query ($experiment: ID!) {
  runs(experiment: $experiment, first: 1000) { nodes { id arm } }
  attribution(experiment: $experiment, displacement: "proportional") {${ANSWER}
  }
}`;

/** Code as the domain model measures it: the shards whose documents it gives an even chance or more on average. */
const MEASURED = { attribute: 'domain.p_code', atLeast: 0.5 };
const BY_ATTRIBUTE = `query ($experiment: ID!, $by: MeasuredSlices!, $slices: [String!]!) {
  attribution(experiment: $experiment, by: $by, slices: $slices, capabilities: ["math"], displacement: "proportional") {${ANSWER}
  }
}`;

/** Prints realised mixtures and effects if the experiment is loaded, and the address in any case. */
export async function printAnswers(server) {
  const { url } = server;
  const { runs, attribution } = await ask(server, QUESTION, { experiment: EXPERIMENT });
  if (attribution.effects) {
    await printMixtures(server, runs.nodes);
    printEffects(attribution.effects, attribution.family);
    await printByAttribute(server);
  } else {
    console.log(`\nNo answers to show yet: ${attribution.text}`);
  }
  console.log(`\nIn a browser: ${url}/\nGraphQL: ${url}/graphql. Paste this into another terminal:\n`);
  console.log(
    `  curl -s ${url}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query: PASTE })}'`,
  );
  console.log('\nMore: npx tributary --help, docs/guides. Ctrl-C stops the server.');
}

const PASTE =
  '{ attribution(capabilities: ["math_text"], slices: ["code"], displacement: "swap:math") ' +
  '{ ... on Attribution { effects { effect interval { low high } unit identification verdict interpretation } } } }';

async function printMixtures(server, runs) {
  const shown = ARMS.flatMap((arm) => runs.filter((run) => run.arm === arm).slice(0, 1));
  const exposures = await Promise.all(
    shown.map(({ id }) =>
      ask(server, 'query ($run: ID!) { exposure(run: $run) { rows { slice share method } } }', { run: id }),
    ),
  );
  const domains = [
    ...new Set(exposures.flatMap(({ exposure }) => exposure.rows.map(({ slice }) => slice))),
  ].sort((left, right) => left.localeCompare(right));
  const share = (index, domain) =>
    exposures[index].exposure.rows.find(({ slice }) => slice === domain)?.share ?? 0;
  console.log('\nWhat two runs consumed (shares of tokens, measured)\n');
  const rows = domains.map((domain) => [
    domain,
    ...shown.map((_run, index) => percent(share(index, domain))),
  ]);
  printTable([['domain', ...shown.map(({ id, arm }) => `${arm} (${id})`)], ...rows]);
}

function printEffects(effects, { tests }) {
  console.log(
    '\nWhat each domain does to each capability: held-out bits per byte with the larger share of it minus with the',
  );
  console.log(
    `smaller one, its tokens taken from the others in proportion. Lower is better; 95 % intervals of each effect alone,\ninterpretations corrected for all ${tests} tests of the answer together.\n`,
  );
  printTable(effectRows(effects));
}

/** The same question of slices that a model has measured, not the experiment; nothing where the shards are not all tagged. */
async function printByAttribute(server) {
  const slice = `${MEASURED.attribute}>=${MEASURED.atLeast}`;
  const variables = { experiment: EXPERIMENT, by: MEASURED, slices: [slice] };
  const { attribution } = await ask(server, BY_ATTRIBUTE, variables);
  if (!attribution.effects || !attribution.complete) return;
  console.log(
    `\nThe same of what a model reads in the texts: in place of the label that the lab gave, code is each shard whose documents\nthe domain model calls code with a mean probability of ${MEASURED.atLeast} or more (${attribution.counting.shards} shards measured). Where the model errs,\nthe share is off; the interval does not hold that. Corrected for all ${attribution.family.tests} tests of this answer.\n`,
  );
  printTable(effectRows(attribution.effects));
}

function effectRows(effects) {
  const rows = strongest(effects).map((effect) => [
    effect.estimand.slice.replace(/ \[attribute:.*$/, ''),
    doses(effect.estimand.contrast),
    effect.estimand.capability,
    effect.effect === null ? 'not identified' : signed(effect.effect),
    effect.interval ? `[${signed(effect.interval.low)}, ${signed(effect.interval.high)}]` : '',
    WORDS[effect.interpretation],
    effect.identification,
    effect.displacement,
    effect.estimator.id.split('.')[0],
  ]);
  return [
    [
      'domain',
      'share',
      'capability',
      'effect',
      'interval',
      'interpretation',
      'identification',
      'displacement',
      'from',
    ],
    ...rows,
  ];
}

/** What the interpretations are called; the words of a cause need arms that differ by the domain alone, or randomisation. */
const WORDS = {
  improves: 'improves',
  harms: 'harms',
  associated_with_better: 'is associated with better',
  associated_with_worse: 'is associated with worse',
  inconclusive: 'inconclusive',
  not_identified: 'not identified',
};

/** One effect per question: from the ablation if its arms differ by this domain only, else from the response surface. */
function strongest(effects) {
  const byQuestion = new Map();
  for (const effect of effects) {
    const key = `${effect.estimand.slice} ${effect.estimand.capability}`;
    if (!byQuestion.has(key)) byQuestion.set(key, effect);
  }
  return [...byQuestion.values()];
}

async function ask({ url, credential }, query, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credential },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

/** The two shares that are compared: with and without the domain, or as far apart as the swarm supports. */
const doses = (contrast) =>
  contrast ? `${percent(contrast.more.share)} vs ${percent(contrast.less.share)}` : '';

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const signed = (value) => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;

function printTable(rows) {
  const widths = rows[0].map((_cell, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows)
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}`,
    );
}
