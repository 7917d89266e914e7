import { programs } from '../../docker/model.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import type { BuildFiles } from '../build-files.ts';
import { isDevelopment, startInstructions } from './docker-file.ts';
import { servesThroughMix } from './production.ts';

/**
 * Whether production runs the app through Mix, and nothing makes a release of it. Mix reads the configuration whenever it
 * starts the app: what a release would keep from its build is then read at boot.
 */
export function isRunByMix(build: BuildFiles): boolean {
  return !usesReleases(build) && (containerRunsMix(build) || commandRunsMix(build));
}

/** Whether something in the project makes or describes a release. */
export function usesReleases(build: BuildFiles): boolean {
  const { tree } = build;
  return (
    tree.paths.some((path) => path.startsWith('rel/')) ||
    build.hasDep('distillery') ||
    build.dockerfiles.some(({ dockerfile }) =>
      /mix release/.test(
        dockerfile.stages.flatMap(({ instructions }) => instructions.map(({ text }) => text)).join('\n'),
      ),
    ) ||
    build.sources.mixfile('mix.exs').project.some(({ path: [key] }) => key === 'releases')
  );
}

function containerRunsMix({ dockerfiles }: BuildFiles): boolean {
  const shipped = dockerfiles.filter(({ path, dockerfile }) => !isDevelopment(path, dockerfile));
  return shipped.some(({ dockerfile }) =>
    startInstructions(dockerfile).some((start) => programs(start).some(servesThroughMix)),
  );
}

/** A `Procfile`, a unit of systemd, a script or a platform's file that starts the server. */
function commandRunsMix({ tree, scripts }: BuildFiles): boolean {
  const paths = tree.paths.filter((path) => /(?:^|\/)Procfile$|\.service$|(?:^|\/)render\.ya?ml$/.test(path));
  const texts = [...paths.map((path) => tree.read(path) ?? ''), ...scripts.map(({ text }) => text)];
  return texts.some((text) =>
    text
      .split('\n')
      .map((line) => line.replace(/^\s*(?:\w+:|Exec\w+\s*=[-@:+!]*)/, ''))
      .some((line) => /\bmix\b/.test(line) && programsOf(scriptCommands(line)).some(servesThroughMix)),
  );
}
