import { compose, kubernetes } from './container-rows.ts';
import { fly } from './fly-rows.ts';
import { procfile } from './heroku-rows.ts';
import type { DeployInput, Seen } from './observation.ts';
import { nginx, systemd } from './server-rows.ts';
import type { Sources } from './sources.ts';

/** What the descriptions of platforms call for: Fly, Heroku, Kubernetes, systemd, nginx, compose. */
export function platformRows(input: DeployInput, sources: Sources): Seen[] {
  const { tree } = input;
  return tree.paths.flatMap((path) => {
    const text = isPlatformFile(path) ? tree.read(path) : undefined;
    if (text === undefined) return [];
    if (path.endsWith('.toml')) return fly(path, text, input, sources);
    if (path.endsWith('Procfile')) return procfile(path, text, input, sources);
    if (/\.service$/.test(path)) return systemd(path, text);
    if (/\.ya?ml$/.test(path)) return [...kubernetes(path, text, sources), ...compose(path, text, sources)];
    return nginx(path, text);
  });
}

function isPlatformFile(path: string): boolean {
  if (/(?:^|\/)(?:test|deps|priv\/templates|\.github|\.gitlab|\.circleci)\//.test(path)) return false;
  return /(?:^|\/)(?:fly[\w.-]*\.toml|Procfile)$|\.service$|\.ya?ml$|(?:^|\/)nginx[^/]*\.conf$|(?:^|\/)nginx\/.*(?:\.conf|sites-\w+\/[^/]+)$|\.nginx$/.test(
    path,
  );
}
