import { migrates } from '../../docker/migrating.ts';
import type { Dockerfile } from '../../docker/model.ts';
import { mixTasks } from '../../docker/stages.ts';
import { modulesOf, usesModule } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { lineAt } from '../../elixir/position.ts';
import { callsOf } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { commandEdits } from './command-edits.ts';
import { commandLists, dockerLists } from './command-lists.ts';
import { isDevelopment, startedScripts, startInstructions } from './docker-file.ts';
import { ofDevelopment, type ProductionList, productionLists, servesThroughMix, startsApp } from './production.ts';

/** What production starts the app with, wherever that is written. */
export const productionRules: readonly ProjectRule[] = [
  { kind: 'project', id: 'mix-in-production', topic: 'mix-at-start', look: mixInProduction },
  { kind: 'project', id: 'migrations-in-start', topic: 'migrations-at-start', look: migrationsInStart },
  { kind: 'project', id: 'migrations-in-build', topic: 'migrations-at-start', look: migrationsInBuild },
  { kind: 'project', id: 'migrations-in-application', topic: 'migrations-at-start', look: migrationsInApplication },
  { kind: 'project', id: 'former-tasks', topic: 'former-tasks', look: formerTasks },
  { kind: 'project', id: 'migrations-through-mix', topic: 'mix-at-start', look: migrationsThroughMix },
];

/** Scripts that containers start, of Dockerfiles that `wanted` takes. */
function startedBy({ build }: FindingContext, wanted: (path: string, dockerfile: Dockerfile) => boolean): Set<string> {
  const starts = build.dockerfiles
    .filter(({ path, dockerfile }) => wanted(path, dockerfile))
    .flatMap(({ dockerfile }) => startInstructions(dockerfile));
  return new Set(starts.flatMap((start) => startedScripts(start, build).map(({ path }) => path)));
}

/** Lists that no rule for one kind of file looks at: those have rules of their own for Dockerfiles and what these start. */
function otherLists(context: FindingContext, others: RegExp): ProductionList[] {
  const started = startedBy(context, () => true);
  return productionLists(context).filter(({ path }) => !started.has(path) && !others.test(path));
}

/** Servers that run from sources. */
function mixInProduction(context: FindingContext): Sighting[] {
  if (!context.build.hasDep('phoenix')) return [];
  const message = 'starts the app through Mix, from sources; a release has bin/server';
  const started = startedBy(context, (path, dockerfile) => !isDevelopment(path, dockerfile));
  const scripts = commandLists(context).filter(({ path }) => started.has(path) && !ofDevelopment.test(path));
  const findings = [...otherLists(context, /\.service$/), ...scripts].flatMap(({ path, programs }) =>
    programs.filter(({ words }) => servesThroughMix(words)).map(({ line }): Finding => ({ path, line, message })),
  );
  return sighting(eachOnce(findings));
}

/** Every instance migrates before it serves. */
function migrationsInStart(context: FindingContext): Sighting[] {
  if (!context.build.hasDep('phoenix')) return [];
  const message = 'every instance that boots migrates; run it once before the deploy instead';
  // Compose files, workloads of Kubernetes and Procfiles have rules that know more of them.
  // Who asks which of the instances this is lets one of them migrate.
  const lists = otherLists(context, /(?:^|\/)Procfile$/).filter(
    ({ path }) => !/INSTANCE_INDEX/.test(context.tree.read(path) ?? ''),
  );
  const findings = lists.flatMap(({ path, groups }) =>
    groups.flatMap((group) => {
      const at = group.findIndex(({ words }) => migrates(words));
      const first = group[at];
      const isFollowed = group.slice(at + 1).some(({ words }) => startsApp(words) && !migrates(words));
      return first && isFollowed && !knownYaml(path, context) ? [{ path, line: first.line, message }] : [];
    }),
  );
  return sighting([...findings, ...hooks(context).map((place) => ({ ...place, message }))]);
}

/** `hook_post_compile="mix ecto.migrate"` of Heroku's buildpack: the database changes before the version that needs it is there. */
function migrationsInBuild(context: FindingContext): Sighting[] {
  const message =
    'migrates while the version is built, whether it is released or not; a release: line of the Procfile migrates once, before it starts';
  const findings = commandLists(context)
    .filter(({ path }) => /(?:^|\/)(?:elixir|phoenix_static)_buildpack\.config$/.test(path))
    .flatMap(({ path, programs }) =>
      programs.filter(({ words }) => migrates(words)).map(({ line }) => ({ path, line, message })),
    );
  return sighting(findings);
}

const formerTask = /^phoenix\.(?:server|digest|routes|new|gen\.\w+)$/;

/** `mix phoenix.digest` of scripts, images and workflows: since 1.4 there is no such task. */
function formerTasks(context: FindingContext): Sighting[] {
  if (!context.build.hasDep('phoenix')) return [];
  const message = 'Phoenix 1.4 has no tasks phoenix.*: they are called phx.*';
  const found = [...commandLists(context), ...dockerLists(context)].flatMap(({ path, programs }) =>
    programs
      .filter(({ words }) => mixTasks(words).some((task) => formerTask.test(task)))
      .map(({ line, words }) => {
        const becomes = words.map((word) => (formerTask.test(word) ? word.replace('phoenix.', 'phx.') : word));
        return { finding: { path, line, message }, operations: commandEdits(path, { words, becomes }, context) };
      }),
  );
  return sighting(
    eachOnce(found.map(({ finding }) => finding)),
    found.flatMap(({ operations }) => operations),
  );
}

/** Migrations in the function that starts the app. A child `{Ecto.Migrator, …}` says itself when it is skipped. */
function migrationsInApplication({ build }: FindingContext): Sighting[] {
  const message =
    'every instance that boots migrates; let bin/migrate do it once before the deploy, or a child {Ecto.Migrator, repos: …, skip: …} that releases skip';
  return build.libFiles(/\bMigrator\b/).flatMap(({ path, source }) => {
    const bodies = modulesOf(source).flatMap(({ body }) => (usesModule(body, 'Application') ? body : []));
    const calls = callsOf(bodies, [
      'Ecto.Migrator.run',
      'Ecto.Migrator.with_repo',
      'Migrator.run',
      'Migrator.with_repo',
    ]);
    return sighting(calls.slice(0, 1).map(({ range }) => ({ path, line: lineAt(source.text, range.start), message })));
  });
}

/** Scripts that migrate production from sources. A platform's own phase for it keeps Mix as long as the app runs by it. */
function migrationsThroughMix(context: FindingContext): Sighting[] {
  if (!context.build.hasDep('phoenix')) return [];
  const message = 'migrates through Mix, from sources; a release has bin/migrate';
  const scripts = new Set(context.build.scripts.map(({ path }) => path));
  const started = startedBy(context, () => true);
  const findings = productionLists(context)
    .filter(({ path }) => scripts.has(path) && !started.has(path))
    .flatMap(({ path, groups }) =>
      groups
        .filter((group) => !group.some(({ words }) => startsApp(words)))
        .flatMap((group) => group.filter(({ words }) => mixTasks(words).some((task) => /^ecto\.migrate$/.test(task))))
        .map(({ line }) => ({ path, line, message })),
    );
  return sighting(eachOnce(findings));
}

/** Migrations in the scripts that Distillery runs whenever a release starts. */
function hooks(context: FindingContext): Omit<Finding, 'message'>[] {
  const { build } = context;
  const settings = callsOf(build.elixir('rel/config.exs').body, ['set']).flatMap(({ args: [options] }) =>
    (keywordPairs(options) ?? []).filter(({ name }) => /^(?:pre|post)_(?:start|configure)_hooks?$/.test(name)),
  );
  const paths = settings.flatMap(({ value }) => plainText(value)?.replace(/\/$/, '') ?? []);
  return commandLists(context)
    .filter(({ path }) => paths.some((hook) => path === hook || path.startsWith(`${hook}/`)))
    .flatMap(({ path, programs }) =>
      programs.filter(({ words }) => migrates(words)).map(({ line }) => ({ path, line })),
    );
}

/** Whether a file is one of those documents that the rules for containers read. */
function knownYaml(path: string, { build }: FindingContext): boolean {
  if (!/\.ya?ml$/.test(path)) return false;
  if (/compose/.test(path)) return true;
  return build.yaml(path).some(({ value }) => typeof value === 'object' && value !== null && 'apiVersion' in value);
}
