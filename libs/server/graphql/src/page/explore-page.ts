import { html } from '@tributary/http';
import type { Page } from '@tributary/http';

/** A question as the explorer fills it in. */
export type Question = { readonly query: string; readonly variables: Readonly<Record<string, unknown>> };

/** The explorer with a question, which runs when somebody presses the button. */
export const exploreLink = (question: Question): string =>
  `/explore#${encodeURIComponent(JSON.stringify(question))}`;

export type NamedQuestion = {
  readonly name: string;
  readonly signature: string;
  readonly description: string;
  readonly question: Question;
};

/** The page at `/explore`. The list of questions needs no script; asking one does. */
export const explorePage = (questions: readonly NamedQuestion[]): Page => ({
  title: 'Questions in GraphQL · Tributary',
  script: ASK,
  body: html`<h1><a href="/">Tributary</a>: questions in GraphQL</h1>
    <noscript
      ><p class="warning">
        Without scripts this page lists the questions and asks none; <code>tributary</code> and any client of
        GraphQL ask them at <code>/graphql</code>.
      </p></noscript
    >
    <p>
      <label
        >Query<textarea id="query" spellcheck="false">
{ status { version lag complete counts { type count } } }</textarea>
      </label>
    </p>
    <p>
      <label>Variables (JSON)<textarea id="variables" spellcheck="false">{}</textarea></label>
    </p>
    <p><button id="ask" type="button">Ask</button> <span id="state" role="status"></span></p>
    <pre id="answer" aria-label="Answer"></pre>
    <h2>Questions</h2>
    <table>
      ${questions.map(
        ({ name, signature, description, question }) =>
          html`<tr>
            <td><a href="${exploreLink(question)}">${name}</a></td>
            <td><code>${signature}</code><br />${description}</td>
          </tr>`,
      )}
    </table>`,
});

/** Answers are shown as text, never as markup. */
const ASK = `
const at = (id) => document.getElementById(id);
const fill = () => {
  try {
    const { query, variables } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    at('query').value = String(query);
    at('variables').value = JSON.stringify(variables, null, 2);
    scrollTo(0, 0);
  } catch {}
};
const ask = async () => {
  let variables;
  try { variables = JSON.parse(at('variables').value || '{}') } catch (error) {
    at('state').textContent = 'the variables are no JSON: ' + error.message;
    return;
  }
  at('state').textContent = 'asking…';
  const began = performance.now();
  try {
    const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: at('query').value, variables }) });
    at('answer').textContent = JSON.stringify(await response.json(), null, 2);
    at('state').textContent = response.status + ' in ' + Math.round(performance.now() - began) + ' ms';
  } catch (error) {
    at('state').textContent = 'no answer: ' + error.message;
  }
};
at('ask').addEventListener('click', ask);
at('query').addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask(); });
addEventListener('hashchange', fill);
fill();
`;
