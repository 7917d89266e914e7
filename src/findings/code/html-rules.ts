import type { CallExpr } from '../../elixir/ast.ts';
import { callName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { anyWord, type CodeRule } from '../rule.ts';
import { isFrameworkCall, remoteCall } from './calls.ts';
import { isTemplate } from './code-file.ts';
import { bringing, settledBy } from './compatibility-deps.ts';
import { isDirective } from './directives.ts';
import type { Fragment } from './fragment.ts';
import { heexOperations, rewriting, rewritingForms, rewritingLinks, together } from './rewriting.ts';

const removedNames = new Set(['escape_javascript', 'field_value', 'field_name', 'field_id']);
const tagHelpers = new Set([
  ...['form_for', 'form_tag', 'text_input', 'email_input', 'password_input', 'hidden_input', 'number_input'],
  ...['telephone_input', 'url_input', 'search_input', 'color_input', 'range_input', 'date_input', 'time_input'],
  ...['datetime_local_input', 'textarea', 'file_input', 'submit', 'reset', 'checkbox', 'radio_button', 'select'],
  ...['multiple_select', 'date_select', 'datetime_select', 'time_select', 'label', 'inputs_for', 'hidden_inputs_for'],
  ...['tag', 'content_tag', 'img_tag', 'csrf_meta_tag', 'csrf_input_tag', 'csrf_token_value', 'text_to_html'],
  ...['link', 'button'],
]);
const formFor: ReadonlySet<string> = new Set(['form_for']);
const tagModules = new Set(['Phoenix.HTML.Tag', 'Phoenix.HTML.Link', 'Phoenix.HTML.Format']);

/** Whether the code stands in a template that has components, or is to have them: a file of its own, or a sigil. */
function mayHaveComponents({ path, offset }: Fragment): boolean {
  return isTemplate(path) ? !path.endsWith('.eex') || isPage(path) : offset > 0;
}

/** Whether a template of EEx is one that a view or a module of components takes in. */
function isPage(path: string): boolean {
  return /\/templates\/.*\.html\.eex$|_html\/[^/]*\.html\.eex$/.test(path) && !/(?:^|\/)priv\//.test(path);
}

function hasOption({ args }: CallExpr, key: string): boolean {
  return args.some((arg) => (keywordPairs(arg) ?? []).some(({ name }) => name === key));
}

/** phoenix_html, by the Phoenix version whose generator brought its release. */
export const htmlRules: readonly CodeRule[] = [
  {
    kind: 'expr',
    topic: 'phoenix-html-3',
    since: '1.6.0',
    until: '1.6.0',
    message:
      'phoenix_html 3 has no such function: javascript_escape, input_value, input_name and input_id replace them',
    mentions: anyWord(removedNames),
    found: (expr, fragment, surroundings) => isFrameworkCall(expr, removedNames, fragment, surroundings),
  },
  {
    kind: 'expr',
    topic: 'phoenix-html-helpers',
    ...together(bringing('phoenix_html_helpers'), rewriting({ name: 'html-helpers' })),
    since: '1.7.11',
    until: null,
    message: 'phoenix_html 4 raises here: add phoenix_html_helpers and replace it with use PhoenixHTMLHelpers',
    mentions: /Phoenix\.(?:HTML|\{)/,
    found: (expr, fragment) =>
      isDirective(expr, 'use', new Set(['Phoenix.HTML']), fragment) ||
      (['import', 'alias'] as const).some((directive) => isDirective(expr, directive, tagModules, fragment)) ||
      tagModules.has(remoteCall(expr, fragment)?.module ?? ''),
  },
  {
    kind: 'expr',
    topic: 'phoenix-html-4',
    since: '1.7.11',
    until: null,
    message: 'phoenix_html 4 has no ~e and ~E: write ~H in a function component',
    mentions: /~[eE]/,
    found: (expr, { own }, { publicNames }) => {
      const name = expr.kind === 'sigil' && /^[eE]$/.test(expr.name) ? `sigil_${expr.name}` : undefined;
      return name !== undefined && !own.has(name) && !publicNames.has(name);
    },
  },
  {
    kind: 'expr',
    topic: 'phoenix-html-helpers',
    ...bringing('phoenix_html_helpers'),
    ...settledBy('phoenix_html_helpers'),
    since: '1.7.11',
    until: '1.7.11',
    message: 'calls helpers that phoenix_html 4 moved to phoenix_html_helpers',
    // In a module only what it imports counts, and that is found at the import.
    files: /\.(?:eex|heex|leex)$/,
    mentions: anyWord(tagHelpers),
    once: true,
    found: (expr, fragment, surroundings) => isFrameworkCall(expr, tagHelpers, fragment, surroundings),
  },
  {
    kind: 'expr',
    topic: 'link-components',
    since: '1.7.0',
    until: null,
    message:
      '<.link href={…}> says the same and is checked with the template: link/2 and button/2 are of phoenix_html 3',
    mentions: /\b(?:link|button)\b/,
    once: true,
    ...rewritingLinks('link', 'button'),
    found: (expr, fragment, { publicFunctions }) => {
      if (expr.kind !== 'call' || !mayHaveComponents(fragment)) return false;
      const name = callName(expr) ?? '';
      const isHelper = /^(?:(?:Phoenix\.HTML|PhoenixHTMLHelpers)\.Link\.)?(?:link|button)$/.test(name);
      return isHelper && !fragment.own.has(name) && !publicFunctions.has(`${name}/2`) && hasOption(expr, 'to');
    },
  },
  {
    kind: 'expr',
    topic: 'form-components',
    since: '1.7.0',
    until: null,
    message: '<.form :let={f} for={…}> says the same: form_for/4 is of phoenix_html 3',
    mentions: /\bform_for\b/,
    once: true,
    ...rewritingForms(),
    found: (expr, fragment, surroundings) =>
      mayHaveComponents(fragment) &&
      isFrameworkCall(expr, formFor, fragment, surroundings) &&
      expr.args.at(-1)?.kind === 'fn',
  },
  {
    kind: 'template',
    topic: 'heex-templates',
    since: '1.6.0',
    until: null,
    message: 'a template of EEx: as .heex its markup is checked, and it takes components',
    files: /\.html\.eex$/,
    mentions: /(?:)/,
    operations: heexOperations,
    found: ({ path }) => (isPage(path) ? [0] : []),
  },
  {
    kind: 'expr',
    topic: 'leex-templates',
    since: '1.6.0',
    until: null,
    message: 'HEEx refuses the </form> of a form_for without a function: write <.form …> around the fields',
    files: /\.leex$/,
    mentions: /form_for/,
    found: (expr, fragment, surroundings) =>
      expr.kind === 'binary' && expr.operator === '=' && isFrameworkCall(expr.right, formFor, fragment, surroundings),
  },
];
