import { standing, stepMark } from '../../plan/marks.ts';
import { waysOn } from '../../plan/next.ts';
import type { Change, Conflict, Finding, Step } from '../../plan/plan.ts';
import { regionsOf } from '../place.ts';
import { isWebAddress } from '../sarif.ts';
import { html, type Markup, none, type Part, preformatted } from './markup.ts';
import { sideBySide } from './side-by-side.ts';

/** One step as a disclosure: its line is the summary, everything else opens below it. */
export function stepMarkup(step: Step): Markup {
  const traits = [
    step.area,
    ...(step.backlog ? ['backlog'] : []),
    ...(step.since === null ? [] : [`since ${step.since}`]),
    ...(step.after.length === 0 ? [] : [`after ${step.after.join(', ')}`]),
    ...(step.together?.length ? [`together with ${step.together.join(', ')}`] : []),
  ];
  return html`<details class="step need-${step.need} status-${step.status} area-${step.area}">
<summary><span class="mark" aria-hidden="true">${stepMark(step)}</span>
<span class="title"><code>${step.id}</code> ${step.title}</span>
<span class="badge">${standing(step)}</span></summary>
<div class="body"><p class="traits">${traits.join(' · ')}</p>
<p>${step.why}</p>${documentation(step)}
${titled('Changes', step.changes, changeTable)}
${regionsOf(step).map(conflictMarkup)}
${titled('Patch', step.edits, (edits) => edits.map(sideBySide))}
${titled('Findings', step.findings, findingList)}
${titled('Commands', step.commands, commandList)}
${titled('Next', waysOn(step), commandList)}</div>
</details>
`;
}

function titled<Item>(title: string, items: readonly Item[], content: (items: readonly Item[]) => Part): Markup {
  return items.length === 0 ? none : html`<h4>${title}</h4>${content(items)}`;
}

function documentation({ docs }: Step): Markup {
  if (docs === null) return none;
  return isWebAddress(docs)
    ? html`<p><a href="${docs}" rel="noreferrer noopener">${docs}</a></p>`
    : html`<p><code>${docs}</code></p>`;
}

function changeTable(changes: readonly Change[]): Markup {
  return html`<table class="values"><thead><tr><th scope="col">Address</th><th scope="col">Base</th>
<th scope="col">Yours</th><th scope="col">Target</th></tr></thead><tbody>
${changes.map(changeRow)}</tbody></table>`;
}

function changeRow({ address, verdict, base, yours, target, at, note }: Change): Markup {
  const place = at === null ? none : html`<br><span class="place">${at.path}:${at.line}</span>`;
  const remark = note === undefined ? none : html`<br><span class="note">${note}</span>`;
  const value = (name: string, text: string | null) =>
    html`<td data-name="${name}">${text === null ? '–' : html`<code>${text}</code>`}</td>`;
  return html`<tr><th scope="row"><code>${address}</code> <span class="badge">${verdict}</span>${place}${remark}</th>
${value('Base', base)}${value('Yours', yours)}${value('Target', target)}</tr>
`;
}

function conflictMarkup({ path, line, base, yours, target }: Conflict): Markup {
  const pane = (name: string, text: string) =>
    html`<div><h5>${name}</h5><pre>${text === '' ? '–' : preformatted(text)}</pre></div>`;
  return html`<h4>Conflict in <code>${path}:${line}</code></h4>
<div class="panes">${pane('Base', base)}${pane('Yours', yours)}${pane('Target', target)}</div>
`;
}

export function findingList(findings: readonly Finding[]): Markup {
  const item = ({ path, line, message }: Finding) => html`<li><code>${path}:${line}</code> ${message}</li>
`;
  return html`<ul>${findings.map(item)}</ul>`;
}

export function commandList(commands: readonly string[]): Markup {
  return html`<pre>${commands.map(
    (command) => html`${command}
`,
  )}</pre>`;
}
