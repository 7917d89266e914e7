import type { PairExpr } from '../../elixir/ast.ts';
import { layoutOptions } from '../../rewrites/layout-names.ts';
import { codePlaces } from '../../templates/walk.ts';
import { anyWord, type CodeRule } from '../rule.ts';
import { isFrameworkCall } from './calls.ts';
import { isUserOf } from './live-view-api-rules.ts';
import { heexOperations, pathsOf, rewriting, rewritingInScope, rewritingLinks, together } from './rewriting.ts';
import { givesToken, layout } from './surroundings.ts';

const deprecatedNavigation = new Set(['live_redirect', 'live_patch', 'live_flash', 'push_redirect', 'live_title_tag']);
const removedHelpers = new Set(['live_component', 'live_file_input', 'live_img_preview']);
const feedbackOption = /^phx[-_]feedback[-_](?:for|group)$/;

/** LiveView from 0.16 on, by the Phoenix version whose generator brought its release. */
export const liveViewRules: readonly CodeRule[] = [
  {
    kind: 'expr',
    topic: 'live-navigation',
    since: '1.7.0',
    until: null,
    message:
      'deprecated: <.link navigate={…}>, <.link patch={…}>, Phoenix.Flash.get/2, push_navigate/2 or <.live_title>',
    mentions: anyWord(deprecatedNavigation),
    ...together(
      rewriting({ name: 'navigation' }),
      rewritingLinks('live_patch', 'live_redirect'),
      rewritingInScope((scope) => ({ name: 'live-title', scope })),
    ),
    found: (expr, fragment, surroundings) =>
      // Tests have a live_redirect of their own.
      !fragment.path.endsWith('.exs') && isFrameworkCall(expr, deprecatedNavigation, fragment, surroundings),
  },
  {
    kind: 'expr',
    topic: 'live-component-calls',
    since: '1.7.3',
    until: null,
    message: 'LiveView 1.0 has only the components: <.live_component …>, <.live_file_input …>, <.live_img_preview …>',
    mentions: anyWord(removedHelpers),
    ...rewriting({ name: 'live-components' }),
    found: (expr, fragment, surroundings) => isFrameworkCall(expr, removedHelpers, fragment, surroundings),
  },
  {
    kind: 'attribute',
    topic: 'live-component-calls',
    since: '1.7.3',
    until: null,
    message: 'LiveView 0.19 reads :let, no longer let',
    mentions: /\blet\b/,
    operations: (paths) => paths.map((path) => ({ kind: 'rewrite', path, task: { name: 'let' } })),
    found: ({ name }) => name === 'let',
  },
  {
    kind: 'expr',
    topic: 'live-layout-names',
    since: '1.7.0',
    until: null,
    message: 'LiveView names a layout by atom: {Layouts, :live}, no longer {LayoutView, "live.html"}',
    mentions: /layout:\s*\{[^}]*"/,
    ...rewriting({ name: 'layout-names' }),
    found: (expr, fragment) => layoutOptions(expr, fragment).length > 0,
  },
  {
    kind: 'attribute',
    topic: 'used-input',
    since: '1.7.13',
    until: null,
    message:
      'LiveView 1.0 ignores phx-feedback-for and phx-feedback-group: show errors where used_input?(field) says so',
    mentions: /phx-feedback-(?:for|group)/,
    found: ({ name }) => name === 'phx-feedback-for' || name === 'phx-feedback-group',
  },
  {
    kind: 'expr',
    topic: 'used-input',
    since: '1.7.13',
    until: null,
    message:
      'LiveView 1.0 ignores phx_feedback_for: of a tag: print the error only where used_input?(form[field]) says so',
    mentions: /phx[-_]feedback[-_]for/,
    found: (expr) => expr.kind === 'pair' && feedbackOption.test(pairName(expr)),
  },
  {
    kind: 'attribute',
    topic: 'live-view-1-0',
    since: '1.7.13',
    until: null,
    message: 'LiveView 1.0 ignores phx-capture-click: use phx-click-away or phx-click',
    mentions: /phx-capture-click/,
    found: ({ name }) => name === 'phx-capture-click',
  },
  {
    kind: 'attribute',
    topic: 'live-view-1-0',
    since: '1.7.13',
    until: null,
    message: 'LiveView 1.0 ignores phx-page-loading: write JS.push(event, page_loading: true)',
    mentions: /phx-page-loading/,
    found: ({ name }) => name === 'phx-page-loading',
  },
  {
    kind: 'attribute',
    topic: 'live-view-1-0',
    since: '1.7.13',
    until: null,
    message: 'phx-update append and prepend are deprecated: use streams',
    mentions: /phx-update/,
    found: ({ name }, value) => name === 'phx-update' && (value === 'append' || value === 'prepend'),
  },
  {
    kind: 'template',
    topic: 'leex-templates',
    since: '1.6.0',
    until: null,
    message: '.leex is deprecated: rename the file to .heex and write attributes as {…}',
    files: /\.leex$/,
    mentions: /(?:)/,
    operations: heexOperations,
    found: () => [0],
  },
  {
    kind: 'template',
    topic: 'leex-templates',
    since: '1.6.0',
    until: null,
    message: 'HEEx has no <%= … %> inside a tag: write name={…}, or {…} for several attributes',
    files: /\.(?:leex|heex)$/,
    mentions: /<%/,
    operations: heexOperations,
    found: ({ template }) =>
      codePlaces(template).flatMap(({ node, attribute }) => ('role' in node && attribute ? node.code.start : [])),
  },
  {
    kind: 'expr',
    topic: 'leex-templates',
    since: '1.6.0',
    until: null,
    message: '~L is deprecated: write ~H',
    mentions: /~L/,
    operations: (places, context) => heexOperations(pathsOf(places), context),
    found: (expr) => expr.kind === 'sigil' && expr.name === 'L',
  },
  {
    kind: 'expr',
    topic: 'leex-templates',
    need: 'required',
    since: '1.8.8',
    until: null,
    message: 'LiveView 1.2 raises for a component whose template has no known root tag: write ~H',
    mentions: /~L/,
    operations: (places, context) => heexOperations(pathsOf(places), context),
    found: (expr, fragment) =>
      expr.kind === 'sigil' && expr.name === 'L' && isUserOf(fragment, 'Phoenix.LiveComponent', 'live_component'),
  },
  {
    kind: 'template',
    topic: 'csrf-meta-tag',
    since: '1.4.12',
    until: null,
    message: 'no CSRF token in the head of this layout: LiveView, and scripts that send it, find none',
    files: layout,
    mentions: /<head/,
    found: ({ path, text, template }, { liveView, csrfToken }) => {
      const head = text.search(/<head[\s>]/);
      const isGiven = codePlaces(template).some(({ node: { code } }) =>
        givesToken.test(template.text.slice(code.start, code.end)),
      );
      // Layouts of mails, and pages without a script of the app's own, have nothing that sends it.
      const loadsOwnScript = /<script\b[^>]{0,500}?\bsrc=["'{]*(?!["'{]*(?:https?:)?\/\/)/.test(text);
      return (liveView || path.endsWith('/app.html.eex')) && loadsOwnScript && head !== -1 && !isGiven && !csrfToken
        ? [head]
        : [];
    },
  },
];

/** `phx_feedback_for:` and `"phx-feedback-for":` */
function pairName({ name, quoted }: PairExpr): string {
  return quoted === null ? name : quoted.parts.join('');
}
