import type { Place } from '../facts/fact.ts';
import { plainMessage, relativeUri } from '../plan/escape.ts';
import type { FileEdit, Need, Plan, Step } from '../plan/plan.ts';
import { isOpen } from '../plan/sections.ts';
import { type Replacement, replacements } from './patch.ts';
import { stepPlace } from './place.ts';

/** The parts of SARIF 2.1.0 (OASIS) that a plan needs. */
interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly locations?: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly SarifFix[];
}

interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: ArtifactLocation;
    readonly region: { readonly startLine: number };
  };
}

interface SarifFix {
  readonly description: { readonly text: string };
  readonly artifactChanges: readonly {
    readonly artifactLocation: ArtifactLocation;
    readonly replacements: readonly {
      readonly deletedRegion: Region;
      readonly insertedContent: { readonly text: string };
    }[];
  }[];
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId: string;
}

const levels: Readonly<Record<Need, SarifResult['level']>> = {
  required: 'error',
  recommended: 'warning',
  cosmetic: 'note',
};

/** Rule of findings that belong to no step. */
const findingRule = {
  id: 'finding',
  shortDescription: { text: 'Something a person should look at before the upgrade' },
  defaultConfiguration: { level: 'warning' },
};

/**
 * A SARIF 2.1.0 log of one run: a rule for each open step; a result for the step, each of its conflicts and each
 * finding. A step carries a fix where SARIF can say it and it holds for the files as they are: modified and new
 * files which no earlier step of the plan edits.
 */
export function planSarif(plan: Plan, toolVersion: string) {
  const steps = plan.steps.filter(isOpen);
  const rules = [...steps.map(ruleOf), ...(plan.findings.length > 0 ? [findingRule] : [])];
  const fixable = stepsOnUntouchedFiles(plan);
  const results = [
    ...steps.flatMap((step, index) => stepResults(step, index, fixable.has(step))),
    ...plan.findings.map(({ path, line, message }) => {
      const result = { ruleId: findingRule.id, ruleIndex: steps.length, level: 'warning' as const };
      return resultAt(result, { path, line }, message);
    }),
  ];
  const driver = { name: 'phx-upgrade', version: toolVersion, rules };
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0' as const,
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits' as const, results }],
  };
}

function ruleOf(step: Step) {
  return {
    id: step.id,
    shortDescription: { text: plainMessage(step.title) || step.id },
    fullDescription: { text: plainMessage(step.why) || step.id },
    ...(isWebAddress(step.docs) ? { helpUri: step.docs } : {}),
    defaultConfiguration: { level: levels[step.need] },
    properties: { tags: [step.area, step.need, ...(step.backlog ? ['backlog'] : [])] },
  };
}

/** Whether a link may be followed: other schemes can run code where the report is shown. */
export function isWebAddress(address: string | null): address is string {
  return address !== null && URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

function stepResults(step: Step, ruleIndex: number, fixable: boolean): readonly SarifResult[] {
  const result = { ruleId: step.id, ruleIndex, level: levels[step.need] };
  const whole = resultAt(result, stepPlace(step), step.title);
  const fix = fixable ? fixOf(step) : null;
  return [
    fix === null ? whole : { ...whole, fixes: [fix] },
    ...step.conflicts.map((place) => resultAt(result, place, `You and the generator both changed this: ${step.title}`)),
    ...step.findings.map((finding) => resultAt(result, finding, finding.message)),
  ];
}

/** The fingerprint has no line, so that a result stays the same one when lines move. */
function resultAt(
  result: Pick<SarifResult, 'ruleId' | 'ruleIndex' | 'level'>,
  place: Place | null,
  message: string,
): SarifResult {
  const text = plainMessage(message) || result.ruleId;
  return {
    ...result,
    message: { text },
    ...(place === null ? {} : { locations: [locationOf(place)] }),
    partialFingerprints: { 'phxUpgradeStep/v1': [result.ruleId, place?.path ?? '', text].map(plainMessage).join(' ') },
  };
}

function locationOf({ path, line }: Place): SarifLocation {
  return { physicalLocation: { artifactLocation: artifact(path), region: { startLine: line } } };
}

function artifact(path: string): ArtifactLocation {
  return { uri: relativeUri(path), uriBaseId: '%SRCROOT%' };
}

function stepsOnUntouchedFiles(plan: Plan): ReadonlySet<Step> {
  const edited = new Set<string>();
  const found = new Set<Step>();
  for (const step of plan.steps.filter(({ status }) => status === 'pending')) {
    if (!step.edits.some(({ path }) => edited.has(path))) found.add(step);
    for (const { path, from } of step.edits) for (const name of [path, from ?? path]) edited.add(name);
  }
  return found;
}

/** Null where SARIF has no word for an edit: it can replace text, but not bytes, and not delete or rename a file. */
function fixOf(step: Step): SarifFix | null {
  const sayable = step.edits.every(({ kind }) => kind === 'modify' || kind === 'create');
  const changes = step.edits.map(changeOf);
  if (!sayable || changes.length === 0 || changes.some((change) => change.replacements.length === 0)) return null;
  return { description: { text: plainMessage(step.title) || step.id }, artifactChanges: changes };
}

function changeOf(edit: FileEdit) {
  return { artifactLocation: artifact(edit.path), replacements: replacements(edit.patch).map(replacementOf) };
}

/** Whole lines with their line feeds, but for a last line that has none. */
function replacementOf({ line, removed, added, openEnd }: Replacement) {
  const last = removed.at(-1);
  const end =
    openEnd.removed && last !== undefined
      ? { endLine: line + removed.length - 1, endColumn: last.length + 1 }
      : { endLine: line + removed.length, endColumn: 1 };
  const text = added.join('\n') + (added.length > 0 && !openEnd.added ? '\n' : '');
  return { deletedRegion: { startLine: line, startColumn: 1, ...end }, insertedContent: { text } };
}
