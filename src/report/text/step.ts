import { UpgradeError } from '../../errors/error.ts';
import { manyLines, oneLine } from '../../plan/escape.ts';
import { standing } from '../../plan/marks.ts';
import { waysOn } from '../../plan/next.ts';
import type { Change, Conflict, FileEdit, Plan, Step } from '../../plan/plan.ts';
import { readablePatch } from '../patch.ts';
import { regionsOf } from '../place.ts';
import { wrap } from './layout.ts';
import { type Colour, paint, type TextOptions } from './paint.ts';
import { findingText, statusMark } from './plan.ts';

/**
 * One step in full: why, the three values of each change, patches, conflicts, findings, commands.
 * Throws `unknown-step` when the plan has no step of that id.
 */
export function stepText(plan: Plan, id: string, options: TextOptions): string {
  const step = plan.steps.find((candidate) => candidate.id === id);
  if (!step) throw new UpgradeError('unknown-step', { step: id });
  const blocks = [
    headLines(step, options),
    [...wrap(oneLine(step.why), options.width), ...(step.docs === null ? [] : [oneLine(step.docs)])],
    titled(
      'Changes',
      step.changes.flatMap((change) => changeLines(change, options)),
      options,
    ),
    ...regionsOf(step).map((conflict) => conflictLines(conflict, options)),
    ...step.edits.map((edit) => editLines(edit, options)),
    titled(
      'Findings',
      step.findings.flatMap((finding) => findingText(finding, options)),
      options,
    ),
    titled(
      'Commands',
      step.commands.map((command) => `  ${oneLine(command)}`),
      options,
    ),
  ];
  const wayOn = waysOn(step);
  if (wayOn.length > 0)
    blocks.push(
      titled(
        'Next',
        wayOn.map((line) => `  ${oneLine(line)}`),
        options,
      ),
    );
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}

function titled(title: string, lines: readonly string[], options: TextOptions): readonly string[] {
  return lines.length === 0 ? [] : [paint(title, 'bold', options), ...lines];
}

function headLines(step: Step, options: TextOptions): readonly string[] {
  const traits = [
    step.area,
    step.need,
    ...(step.backlog ? ['backlog'] : []),
    standing(step),
    ...(step.since === null ? [] : [`since ${step.since}`]),
    ...(step.after.length === 0 ? [] : [`after ${step.after.join(', ')}`]),
    ...(step.rewrites === undefined ? [] : [rewritesText(step.rewrites)]),
    ...(step.together?.length ? [`together with ${step.together.join(', ')}`] : []),
  ];
  return [
    `${statusMark(step, options)} ${paint(oneLine(step.id), 'bold', options)}`,
    ...wrap(oneLine(step.title), options.width),
    ...wrap(oneLine(traits.join(' · ')), options.width).map((line) => paint(line, 'dim', options)),
  ];
}

function rewritesText({ rewritten, left }: NonNullable<Step['rewrites']>): string {
  const places = `${rewritten} ${rewritten === 1 ? 'place' : 'places'} rewritten`;
  return left.length === 0 ? places : `${places}, ${left.length} left`;
}

function changeLines(change: Change, options: TextOptions): readonly string[] {
  const at = change.at === null ? '' : ` (${change.at.path}:${change.at.line})`;
  const values: readonly (readonly [string, string | null])[] = [
    ['base  ', change.base],
    ['yours ', change.yours],
    ['target', change.target],
  ];
  return [
    ...wrap(oneLine(`${change.address}${at}: ${change.verdict}`), options.width - 2).map((line) => `  ${line}`),
    ...values.map(([name, value]) => `    ${paint(name, 'dim', options)}  ${value === null ? '–' : oneLine(value)}`),
    ...(change.note === undefined ? [] : wrap(oneLine(change.note), options.width, '    ')),
  ];
}

function conflictLines(conflict: Conflict, options: TextOptions): readonly string[] {
  const sides = [
    ['base', conflict.base],
    ['yours', conflict.yours],
    ['target', conflict.target],
  ] as const;
  return [
    paint(`Conflict  ${oneLine(conflict.path)}:${conflict.line}`, 'red', options),
    ...sides.flatMap(([name, text]) => [`  ${paint(name, 'bold', options)}`, ...indented(text)]),
  ];
}

function indented(text: string): readonly string[] {
  if (text === '') return ['    –'];
  return manyLines(text)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `    ${line}`);
}

function editLines(edit: FileEdit, options: TextOptions): readonly string[] {
  const from = edit.from === undefined ? '' : `${oneLine(edit.from)} → `;
  const title = paint(`${edit.kind}  ${from}${oneLine(edit.path)}`, 'bold', options);
  return [title, ...patchLines(edit.patch, options)];
}

/** A patch for reading: escaped, and coloured by the sign at the start of each line. */
function patchLines(patch: string, options: TextOptions): readonly string[] {
  const lines = manyLines(readablePatch(patch)).replace(/\n$/, '').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const colour = colourOf(line);
      return colour ? paint(line, colour, options) : line;
    });
}

function colourOf(line: string): Colour | null {
  if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('diff ')) return 'bold';
  if (line.startsWith('@@')) return 'cyan';
  if (line.startsWith('+')) return 'green';
  return line.startsWith('-') ? 'red' : null;
}
