import { grouped } from '../../facts/grouped.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';

/** Endings of templates by the engine that compiles them, none of which comes with Phoenix. */
const engines: Readonly<Record<string, string>> = {
  slim: 'Slime',
  slime: 'Slime',
  slimleex: 'Slime',
  haml: 'Calliope',
  mustache: 'Mustache',
  drab: 'Drab',
  sface: 'Surface',
};

/** Templates of engines that no rule reads: what the upgrade asks of code in them is not found. */
export const otherEngineRules: readonly ProjectRule[] = [
  { kind: 'project', id: 'other-engines', topic: 'heex-templates', look: templatesOfOthers },
];

function templatesOfOthers({ tree }: FindingContext): Sighting[] {
  return [...grouped(tree.paths, engineOf)].flatMap(([engine, paths]) => {
    const [path] = [...paths].sort();
    if (path === undefined || engine === '') return [];
    const files = paths.length === 1 ? 'this template is' : `this template and ${paths.length - 1} more are`;
    const message = `${files} of ${engine}, which is not read here: routes, links and forms in it are yours to bring up to date`;
    return sighting([{ path, line: 1, message }]);
  });
}

/** The engine of a template that a view takes in; empty for any other file. */
function engineOf(path: string): string {
  const [, ending = ''] =
    /\/(?:templates|live|components|controllers|views)\/.*\.(?:html\.(\w+)|sface)$/.exec(path) ?? [];
  return path.endsWith('.sface') ? 'Surface' : (engines[ending] ?? '');
}
