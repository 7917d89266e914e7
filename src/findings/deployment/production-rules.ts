import { migrates } from '../../docker/migrating.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { startedScripts, startInstructions } from './docker-file.ts';
import { type ProductionList, productionLists, servesThroughMix, startsApp } from './production.ts';

/** What production starts the app with, wherever that is written. */
export const productionRules: readonly ProjectRule[] = [
  { kind: 'project', id: 'mix-in-production', topic: 'mix-at-start', look: mixInProduction },
  { kind: 'project', id: 'migrations-in-start', topic: 'migrations-at-start', look: migrationsInStart },
];

/** Lists that no rule for one kind of file looks at: those have rules of their own for Dockerfiles and what these start. */
function otherLists(context: FindingContext, others: RegExp): ProductionList[] {
  const started = context.build.dockerfiles
    .flatMap(({ dockerfile }) => startInstructions(dockerfile))
    .flatMap((start) => startedScripts(start, context.build).map(({ path }) => path));
  return productionLists(context).filter(({ path }) => !started.includes(path) && !others.test(path));
}

/** Servers that run from sources. */
function mixInProduction(context: FindingContext): Sighting[] {
  if (!context.build.hasDep('phoenix')) return [];
  const message = 'starts the app through Mix, from sources; a release has bin/server';
  const findings = otherLists(context, /\.service$/).flatMap(({ path, programs }) =>
    programs.filter(({ words }) => servesThroughMix(words)).map(({ line }): Finding => ({ path, line, message })),
  );
  return sighting(findings);
}

/** Every instance migrates before it serves. */
function migrationsInStart(context: FindingContext): Sighting[] {
  if (!context.build.hasDep('phoenix')) return [];
  const message = 'every instance that boots migrates; run it once before the deploy instead';
  // Compose files, workloads of Kubernetes and Procfiles have rules that know more of them.
  const findings = otherLists(context, /(?:^|\/)Procfile$/).flatMap(({ path, groups }) =>
    groups.flatMap((group) => {
      const at = group.findIndex(({ words }) => migrates(words));
      const first = group[at];
      const isFollowed = group.slice(at + 1).some(({ words }) => startsApp(words) && !migrates(words));
      return first && isFollowed && !knownYaml(path, context) ? [{ path, line: first.line, message }] : [];
    }),
  );
  return sighting(findings);
}

/** Whether a file is one of those documents that the rules for containers read. */
function knownYaml(path: string, { build }: FindingContext): boolean {
  if (!/\.ya?ml$/.test(path)) return false;
  if (/compose/.test(path)) return true;
  return build.yaml(path).some(({ value }) => typeof value === 'object' && value !== null && 'apiVersion' in value);
}
