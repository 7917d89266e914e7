import { areas, needs, statuses } from '../../plan/plan.ts';

/** Colours have a contrast of 4.5 and more against their background, light and dark. */
export const style = `
:root { color-scheme: light dark; --page: #fff; --panel: #f6f7f9; --edge: #d3d8de; --text: #1d2329; --soft: #57606a;
  --link: #0a58b8; --old: #ffebe9; --old-word: #ffc1bc; --new: #e2f8e6; --new-word: #a5ebb3; --error: #b3261e;
  --warn: #855900; --good: #18703a; }
@media (prefers-color-scheme: dark) { :root { --page: #12161b; --panel: #1b2128; --edge: #39424c; --text: #e4e9ee;
  --soft: #a3afbb; --link: #79b8ff; --old: #41191b; --old-word: #7d2a2e; --new: #12361f; --new-word: #1f6435;
  --error: #ff9d96; --warn: #e8b64c; --good: #6fd492; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem 1.5rem 3rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0.5rem 0; } h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 1.25rem 0 0.5rem; } h4 { font-size: 0.95rem; margin: 1rem 0 0.35rem; }
h5 { font-size: 0.85rem; margin: 0 0 0.25rem; } p { margin: 0.4rem 0; }
a { color: var(--link); } .count, .traits, .place, .note, footer { color: var(--soft); font-weight: normal; }
code, pre, .diff { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.85rem;
  unicode-bidi: isolate; }
pre { margin: 0.35rem 0; padding: 0.6rem 0.75rem; background: var(--panel); border-radius: 0.35rem;
  white-space: pre-wrap; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--page); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.flags { padding-left: 1.2rem; margin: 0.4rem 0; } .way { margin: 0.4rem 0; padding-left: 1.6rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: 0.6rem; margin: 0.75rem 0; }
.tiles div { display: flex; flex-direction: column-reverse; padding: 0.6rem 0.8rem; background: var(--panel);
  border: 1px solid var(--edge); border-radius: 0.4rem; }
.tiles dd { margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.2; } .tiles dt { color: var(--soft); }
.filters { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0.5rem 0 1rem; }
fieldset { border: 1px solid var(--edge); border-radius: 0.4rem; padding: 0.3rem 0.75rem 0.5rem; margin: 0; min-width: 0; }
legend { color: var(--soft); padding: 0 0.3rem; } label { display: inline-block; margin-right: 0.9rem; padding: 0.15rem 0; }
.step { border: 1px solid var(--edge); border-left: 0.3rem solid var(--edge); border-radius: 0.35rem; margin: 0.4rem 0; }
.step > summary { display: flex; flex-wrap: wrap; gap: 0.3rem 0.75rem; align-items: baseline; padding: 0.5rem 0.75rem; }
summary { cursor: pointer; list-style-position: inside; } summary:hover .title { text-decoration: underline; }
details.group > summary h3 { display: inline-block; }
.title { flex: 1 1 16rem; } .title code { font-weight: 600; } .mark { width: 1.2em; text-align: center; font-weight: 700; }
.badge { display: inline-block; border: 1px solid var(--edge); border-radius: 1rem; padding: 0 0.55rem;
  font-size: 0.8rem; font-weight: normal; color: var(--soft); white-space: nowrap; }
.body { padding: 0 0.75rem 0.75rem 2.2rem; }
.status-conflict { border-left-color: var(--error); } .status-conflict .mark { color: var(--error); }
.status-manual, .status-needs-source { border-left-color: var(--warn); }
.status-manual .mark, .status-needs-source .mark { color: var(--warn); }
.status-done { border-left-color: var(--good); } .status-done .mark { color: var(--good); }
.status-pending { border-left-color: var(--link); } .status-pending .mark { color: var(--link); }
table { border-collapse: collapse; width: 100%; } th { text-align: left; }
.values th, .values td { border: 1px solid var(--edge); padding: 0.35rem 0.55rem; vertical-align: top; font-weight: normal; }
.values thead th { background: var(--panel); font-weight: 600; } .values ul { margin: 0; padding-left: 1.1rem; }
.values { table-layout: fixed; } .values thead th:first-child { width: 34%; }
.matrix thead th:first-child { width: 15%; } .matrix thead th:nth-child(3) { width: 15%; }
.panes { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.6rem; }
figure { margin: 0.5rem 0; border: 1px solid var(--edge); border-radius: 0.35rem; overflow: hidden; }
figure > .note { padding: 0 0.6rem; } figcaption { padding: 0.35rem 0.6rem; background: var(--panel); } .kind { color: var(--soft); }
.diff { table-layout: fixed; } .diff td { padding: 0 0.5rem; vertical-align: top; white-space: pre-wrap; line-height: 1.45; }
.diff .number { width: 3.6rem; } .diff .line { text-align: right; color: var(--soft); user-select: none; white-space: nowrap; }
.diff tr.place td { padding: 0.1rem 0.6rem; color: var(--soft); background: var(--panel); }
.diff ins, .diff del { text-decoration: none; } .sign { user-select: none; }
.old { background: var(--old); } .old mark { background: var(--old-word); color: inherit; }
.new { background: var(--new); } .new mark { background: var(--new-word); color: inherit; }
.none { background: var(--panel); }
@media (max-width: 45rem) {
  body { padding: 0.5rem 0.75rem 2rem; } h2 { margin-top: 1.25rem; } .way code { display: block; } .body { padding-left: 0.75rem; } .panes { grid-template-columns: 1fr; }
  .values thead { display: none; } .values tr, .values th, .values td { display: block; width: auto; }
  .values th[scope=row] { width: auto; background: var(--panel); } .values tr { margin-bottom: 0.6rem; }
  .values td { border-top: 0; } .values td::before { content: attr(data-name) ": "; color: var(--soft); }
  .diff, .diff tbody, .diff tr.place, .diff tr.place td { display: block; } .diff colgroup { display: none; }
  .diff tr:not(.place) { display: grid; grid-template-columns: 3rem minmax(0, 1fr); }
  .diff .none, .diff .same td:nth-child(-n + 2) { display: none; }
}
@media print {
  :root { --page: #fff; --panel: #f6f7f9; --edge: #999; --text: #000; --soft: #444; --link: #000; --old: #ffebe9;
    --old-word: #ffc1bc; --new: #e2f8e6; --new-word: #a5ebb3; --error: #b3261e; --warn: #855900; --good: #18703a; }
  body { max-width: none; padding: 0; font-size: 10pt; } .filters, .skip { display: none; }
  .diff, code, pre { font-size: 8pt; print-color-adjust: exact; }
  details::details-content { content-visibility: visible; height: auto; display: block; }
  .step > summary, figcaption, tr, h3, h4 { break-inside: avoid; break-after: avoid; }
}`;

/** One rule per value that a step can have: unchecked, its steps are hidden. Without \`:has\` all stay in sight. */
export function filterRules(): string {
  const kinds = { need: needs, status: statuses, area: areas };
  return Object.entries(kinds)
    .flatMap(([kind, values]) => values.map((value) => [kind, value] as const))
    .map(([kind, value]) => {
      return `:root:has(#show-${kind}-${value}:not(:checked)) .step.${kind}-${value} { display: none; }`;
    })
    .join('\n');
}
