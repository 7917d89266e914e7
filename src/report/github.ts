import type { Place } from '../facts/fact.ts';
import { commandMessage, commandProperty, markdownText } from '../plan/escape.ts';
import type { Need, Plan, Step } from '../plan/plan.ts';
import { count, isOpen, requiredOpen, type SectionName, sections, sectionTitle } from '../plan/sections.ts';
import { accountLine } from './account.ts';
import { stepPlace } from './place.ts';

type Level = 'error' | 'warning' | 'notice';

const levels: Readonly<Record<Need, Level>> = { required: 'error', recommended: 'warning', cosmetic: 'notice' };
const order: readonly Level[] = ['error', 'warning', 'notice'];

interface Annotation {
  readonly level: Level;
  readonly place: Place | null;
  readonly title: string;
  readonly message: string;
}

/**
 * Workflow commands, one a line: each finding and conflict of an open step, each required step that has neither,
 * and each finding of the plan. Errors come first, because GitHub shows only the first ten of each level.
 */
export function githubCommands(plan: Plan): string {
  const annotations = [
    ...plan.steps.filter(isOpen).flatMap(stepAnnotations),
    ...plan.findings.map((finding): Annotation => {
      return { level: 'warning', place: finding, title: 'finding', message: finding.message };
    }),
  ];
  const sorted = order.flatMap((level) => annotations.filter((annotation) => annotation.level === level));
  return sorted.map((annotation) => `${command(annotation)}\n`).join('');
}

function stepAnnotations(step: Step): readonly Annotation[] {
  const level = levels[step.need];
  const title = step.id;
  const found = [
    ...step.conflicts.map((conflict) => ({ place: conflict, message: `${step.title} (you and the generator)` })),
    ...step.findings.map((finding) => ({ place: finding, message: finding.message })),
  ].map(({ place, message }) => ({ level, place, title, message }));
  if (found.length > 0 || step.need !== 'required') return found;
  return [{ level, place: stepPlace(step), title, message: step.title }];
}

function command({ level, place, title, message }: Annotation): string {
  const properties = [
    ...(place === null ? [] : [`file=${commandProperty(place.path)}`, `line=${place.line}`]),
    `title=${commandProperty(`phx-upgrade: ${title}`)}`,
  ];
  return `::${level} ${properties.join(',')}::${commandMessage(message)}`;
}

/** Rows per table: GitHub refuses a summary of more than 1 MiB. */
const rowLimit = 500;

/** Markdown for `$GITHUB_STEP_SUMMARY`: what is required and recommended as tables, the rest counted. */
export function githubSummary(plan: Plan): string {
  const grouped = sections(plan);
  const open = requiredOpen(plan).length;
  const counted = (['cosmetic', 'backlog', 'done', 'declined'] as const).filter((name) => grouped[name].length > 0);
  const blocks = [
    `## ${markdownText(plan.project.app)}: Phoenix ${markdownText(plan.from)} → ${markdownText(plan.to)}`,
    open === 0 ? 'Nothing required is open.' : `**${count(open, 'required step')} open.**`,
    ...table('required', plan),
    ...table('recommended', plan),
    ...(counted.length === 0
      ? []
      : [counted.map((name) => `${markdownText(sectionTitle(name, plan))}: ${grouped[name].length}`).join(' · ')]),
    ...findingTable(plan),
    markdownText(accountLine(plan.account)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function table(name: SectionName, plan: Plan): readonly string[] {
  const steps = sections(plan)[name];
  const rows = steps.map(({ id, title, status, risk }) => [id, title, status, risk].map(markdownText));
  return markdownTable(`${sectionTitle(name, plan)}`, ['Step', '', 'Status', 'Risk'], rows);
}

function findingTable({ findings }: Plan): readonly string[] {
  const rows = findings.map(({ path, line, message }) => [`${markdownText(path)}:${line}`, markdownText(message)]);
  return markdownTable('Findings', ['Place', 'Finding'], rows);
}

function markdownTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return [];
  const row = (values: readonly string[]) => `| ${values.join(' | ')} |`;
  const shown = rows.slice(0, rowLimit).map(row);
  const more = rows.length > rowLimit ? [`… and ${rows.length - rowLimit} more.`] : [];
  return [`### ${title}`, [row(head), row(head.map(() => '---')), ...shown].join('\n'), ...more];
}
