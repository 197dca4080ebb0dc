import { html } from '@tributary/http';
import type { Markup, Page } from '@tributary/http';
import type { Asked, Overview, ShownRun } from './overview.ts';
import { exploreLink } from './explore-page.ts';

/** The page at `/`. Counts, runs and conditions need no script. */
export const homePage = (overview: Overview, asked: Asked): Page => ({
  title: 'Tributary',
  script: HASH_ROUTES,
  body: html`<h1><a href="/">Tributary</a></h1>
    <p>
      Records every corpus shard, mixture decision, training step and score of a language model as an event,
      and answers which data changed a capability. Version ${overview.version}, data in
      <code>${overview.directory}</code>.
    </p>
    ${conditions(overview)} ${tables(overview, asked)}
    <h2>Ask</h2>
    <p><a href="/explore">Questions in GraphQL</a>, on this server alone. In a terminal:</p>
    <pre>
tributary status
tributary list runs
tributary search TEXT
tributary show ID
tributary import PATH --dry-run
tributary --help</pre>
    <p>
      <a href="/health">health</a> · <a href="/ready">readiness</a> · <a href="/metrics">metrics</a> ·
      <a href="/v1/limits">limits</a>
    </p>`,
});

function conditions({ conditions: met, deadLetters }: Overview): Markup {
  const parked =
    deadLetters === 0
      ? []
      : [html`<p>${deadLetters} refused events wait (<code>tributary dead-letters list</code>).</p>`];
  const state =
    met.length === 0
      ? [html`<p>Ready.</p>`]
      : met.map(({ code, detail }) => html`<p class="warning"><code>${code}</code> ${detail}</p>`);
  return html`${[...state, ...parked]}`;
}

function tables({ tables: held, fault, events }: Overview, asked: Asked): Markup {
  if (!held)
    return html`<p class="warning">The tables cannot be asked now: ${fault ?? 'no reason is known'}</p>`;
  const { fresh, counts, recent, run } = held;
  const rows = [{ kind: 'events', count: events }, ...counts].map(
    ({ kind, count }) =>
      html`<tr>
        <td>${kind}</td>
        <td class="number">${count.toLocaleString('en')}</td>
      </tr>`,
  );
  const unknown = html`<p class="warning">No event mentions run ${asked.run ?? ''}.</p>`;
  const named = run ? runSection(run) : unknown;
  return html`${asked.run === undefined ? [] : named}
    <h2>Recorded</h2>
    <table>
      ${rows}
    </table>
    <p>
      As of position ${fresh.asOf.position},
      ${fresh.complete ? 'complete' : `not complete: ${fresh.reason ?? ''}`}.
    </p>
    <h2>Recent runs${asked.project === undefined ? '' : ` of project ${asked.project}`}</h2>
    ${recentRuns(recent)}`;
}

function recentRuns(recent: NonNullable<Overview['tables']>['recent']): Markup {
  if (recent.length === 0)
    return html`<p>
      None yet. Set <code>MLFLOW_TRACKING_URI</code> to this address, or <code>tributary import PATH</code>.
    </p>`;
  const rows = recent.map(
    ({ run_id, name, status, changed }) =>
      html`<tr>
        <td><a href="${runLink(run_id)}">${name || run_id}</a></td>
        <td>${run_id}</td>
        <td>${status || 'unknown'}</td>
        <td>${changed}</td>
      </tr>`,
  );
  return html`<table>
    <tr>
      <th>run</th>
      <th>id</th>
      <th>status</th>
      <th>changed (UTC)</th>
    </tr>
    ${rows}
  </table>`;
}

const runLink = (id: string): string => `/?run=${encodeURIComponent(id)}`;

/** Rows of a list that a page shows. */
const SHOWN = 100;

function runSection({ facts, artifacts, hasMoreArtifacts }: ShownRun): Markup {
  const { id, name, status, project, startedAt, params, metrics, reason, complete } = facts;
  const query = `query ($id: ID!) { trackedRun(id: $id) { name status project startedAt complete reason params { key value } tags { key value } metrics { key points lastStep } inputs { name digest } evidence } }`;
  return html`<h2>Run ${name}</h2>
    <p>
      ${id} · ${status} · project ${project ?? '–'} · started ${startedAt ?? 'at an unknown time'} ·
      <a href="${exploreLink({ query, variables: { id } })}">its facts in GraphQL</a>
    </p>
    ${complete ? [] : [html`<p class="warning">${reason ?? 'not complete'}</p>`]}
    ${list(
      'Parameters',
      params.slice(0, SHOWN).map(
        ({ key, value }) =>
          html`<tr>
            <td>${key}</td>
            <td>${value.slice(0, 500)}</td>
          </tr>`,
      ),
      params.length,
    )}
    ${list(
      'Metrics',
      metrics.slice(0, SHOWN).map(
        ({ key, points, lastStep }) =>
          html`<tr>
            <td>${key}</td>
            <td class="number">${points} points</td>
            <td class="number">to step ${lastStep ?? '–'}</td>
          </tr>`,
      ),
      metrics.length,
    )}
    ${list(
      'Files',
      artifacts.map(
        ({ path, bytes }) =>
          html`<tr>
            <td><a href="${fileLink(id, path)}">${path}</a></td>
            <td class="number">${bytes} bytes</td>
          </tr>`,
      ),
      artifacts.length + Number(hasMoreArtifacts),
    )}`;
}

const fileLink = (run: string, path: string): string =>
  `/get-artifact?run_uuid=${encodeURIComponent(run)}&path=${encodeURIComponent(path)}`;

function list(title: string, rows: readonly Markup[], total: number): Markup {
  if (rows.length === 0) return html``;
  const more = total > rows.length ? [html`<p>Only the first ${rows.length} are shown.</p>`] : [];
  return html`<h3>${title}</h3>
    <table>
      ${rows}
    </table>
    ${more}`;
}

/** Clients of MLflow print links with what follows a # sign, which no browser sends: the page asks for it as a parameter. */
const HASH_ROUTES = `
const route = /^#\\/experiments\\/([^/?]+)(?:\\/runs\\/([^?]+))?/.exec(location.hash);
const value = (text) => { try { return decodeURIComponent(text) } catch { return text } };
if (route && route[2]) location.replace('/?run=' + encodeURIComponent(value(route[2])));
else if (route) location.replace('/?project=' + encodeURIComponent(value(route[1])));
`;
