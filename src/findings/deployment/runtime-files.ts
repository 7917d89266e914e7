import type { BuildFiles } from '../build-files.ts';

/** A file that gives the running app its environment, comments taken out. */
export interface Setting {
  readonly path: string;
  readonly text: string;
}

/** The one list of files that may give the running release its environment, by what they are. */
const runtimeFiles = new RegExp(
  [
    String.raw`^rel\/(?:env\.sh\.eex|vm\.args(?:\.eex)?)$|(?:^|\/)fly[\w.-]*\.toml$|(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$|\.[Dd]ockerfile$`,
    String.raw`\.(?:service|nomad|hcl|tf|j2|env)$|(?:^|\/)\.env(?:\.[\w-]+)*$|(?:^|\/)Procfile$|(?:^|\/)pgbouncer[\w.-]*\.ini$|\.service\.d\/[^/]+\.conf$`,
    String.raw`(?:^|\/)(?:[\w-]*compose[\w.-]*|render|app|heroku|railway|nixpacks)\.(?:ya?ml|json|toml)$|(?:^|\/)config\/deploy[\w.-]*\.ya?ml$`,
    String.raw`(?:^|\/)(?:k8s|kubernetes|kustomize|deploy(?:ment)?s?|manifests|charts?|helm|ansible|roles|infra(?:structure)?|ops)\/.*\.(?:ya?ml|json|env|toml)$`,
  ].join('|'),
);

/** Whether a file may give the running app its environment. */
export function isRuntimeFile(path: string): boolean {
  return runtimeFiles.test(path) && !/(?:^|\/)(?:deps|test|tests|node_modules)\//.test(path);
}

const known = new WeakMap<BuildFiles, readonly Setting[]>();

/** The texts that give the running release its environment: those files, and any description of a workload of Kubernetes. Read once for all rules. */
export function runtimeSettings(build: BuildFiles): readonly Setting[] {
  const settings = known.get(build) ?? settingsOf(build);
  known.set(build, settings);
  return settings;
}

function settingsOf({ tree }: BuildFiles): Setting[] {
  return tree.paths.flatMap((path) => {
    const mayBe =
      isRuntimeFile(path) ||
      (/\.ya?ml$/.test(path) && !/(?:^|\/)(?:deps|test|tests|node_modules|\.github)\//.test(path));
    const text = mayBe ? tree.read(path) : undefined;
    if (text === undefined || (!isRuntimeFile(path) && !/^apiVersion:/m.test(text))) return [];
    return [{ path, text: text.replace(/^[ \t]*#.*$/gm, '') }];
  });
}
