import type { GeneratedCode } from '../generated/find.ts';
import type { Stage } from '../generated/stages.ts';
import { releaseLine } from '../pristine/versions.ts';

/** Of a login by its task and name, `gen-auth-clerk`; of a context by its own, `gen-context-catalog`; the design behind. */
export function idOf({ codes: [{ generator, names }] }: GeneratedCode, { design }: Stage): string {
  const isLogin = generator.marks !== null;
  const task = isLogin ? generator.task.replace(/^phx\./, '').replaceAll('.', '-') : 'gen-context';
  const id = `${task}-${(isLogin ? names.singular : underscored(names.context ?? '')).replaceAll('_', '-')}`;
  // A context goes to another design in place of its own, never after it.
  return design === null || !isLogin ? id : `${id}-${releaseLine(design).replace('.', '-')}`;
}

export function titleOf(code: GeneratedCode, { design, to }: Stage): string {
  const what = `the ${kindsOf(code)} of ${subjectOf(code)}`;
  const [{ generator }] = code.codes;
  const who = generator.marks === null ? "Phoenix's generators" : generator.task;
  const verb = generator.marks === null ? 'write in' : 'writes in';
  if (design !== null) return `Take ${what} over to what ${who} ${verb} ${releaseLine(design)}`;
  return generator.marks === null
    ? `Bring ${what} up to what ${who} ${verb} ${to}`
    : `Bring ${what} up to ${who} of ${to}`;
}

/** `login`; `context and LiveViews`. */
function kindsOf({ codes }: GeneratedCode): string {
  const kinds = [...new Set(codes.map(({ generator }) => generator.what))];
  const last = kinds.pop() ?? '';
  return kinds.length === 0 ? last : `${kinds.join(', ')} and ${last}`;
}

/** `Staff.Clerk`; of a context with several resources its name alone. */
function subjectOf({ codes: [first, ...others] }: GeneratedCode): string {
  const { context, schema } = first.names;
  const isOne = others.every(({ names }) => names.schema === schema);
  return [context, ...(isOne ? [schema] : [])].filter(Boolean).join('.');
}

/** What is known of some code, and what its generator changed since. */
export function whyOf(
  code: GeneratedCode,
  stage: Stage,
  changes: readonly string[],
  columns: readonly string[],
): string {
  const all = code.codes.flatMap(({ parts }) => parts.flatMap(({ definitions }) => definitions));
  const same = all.filter(({ runs }) => runs !== 0n);
  const known = all.filter(({ isKnown, runs }) => isKnown && runs === 0n);
  const [first, last] = [code.versions[0], code.versions.at(-1)];
  const versions = first === last ? first : `${first} to ${last}`;
  const [{ generator }] = code.codes;
  const who = generator.marks === null ? "Phoenix's generators" : generator.task;
  const words = [
    stage.design !== null ? 'An app can do without: what was written before works on.' : '',
    `${same.length} of ${all.length} definitions are as ${who} wrote them, most as in ${versions};`,
    generator.marks === null
      ? `what you changed stays.`
      : `${known.length} that it wrote are changed by you and stay unless you choose otherwise.`,
    changes.length === 0 ? '' : `Since then: ${changes.join('; ')}.`,
    columns.length === 0 ? '' : `Your tables have to follow, by a migration of your own: ${columns.join('; ')}.`,
  ];
  return words.filter(Boolean).join(' ');
}

function underscored(name: string): string {
  return name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
}
