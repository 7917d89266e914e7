import { display } from '../elixir/canonical.ts';
import { functionsOf, modulesOf } from '../elixir/module.ts';
import { parse } from '../elixir/parse.ts';
import { lineAt } from '../elixir/position.ts';
import { ignoredPatterns } from './ignore.ts';
import { withoutVersions } from './image.ts';
import { type Item, itemsOf } from './item.ts';
import type { Dockerfile, Stage } from './model.ts';
import { readDockerfile } from './read.ts';
import { scriptCommands } from './shell.ts';
import { roleName, rolesOf } from './stages.ts';

/** The files that facts are read from: every `FileTree` is one. */
export interface DeployedFiles {
  readonly paths: readonly string[];
  read(path: string): string | undefined;
}

/** One thing that the Docker and release files of a project state; docs/deployment.md lists the addresses. */
export interface DockerFact {
  readonly address: string;
  /** An Elixir string or list of strings, as `display` writes them. */
  readonly value: string;
  readonly path: string;
  readonly line: number;
}

/** The facts of a project's Dockerfile, `.dockerignore`, overlays and release module. */
export function dockerFacts(files: DeployedFiles): DockerFact[] {
  const dockerfile = files.read('Dockerfile');
  const ignore = files.read('.dockerignore');
  return [
    ...(dockerfile === undefined ? [] : dockerfileFacts(dockerfile, 'Dockerfile')),
    ...(ignore === undefined ? [] : ignoreFacts(ignore)),
    ...files.paths.filter((path) => path.startsWith('rel/overlays/')).flatMap((path) => overlayFacts(files, path)),
    ...files.paths.filter((path) => path.endsWith('/release.ex')).flatMap((path) => releaseFacts(files, path)),
  ];
}

/** The facts of one Dockerfile. */
export function dockerfileFacts(text: string, path: string): DockerFact[] {
  const dockerfile = readDockerfile(text);
  const fact = (address: string, value: string, line: number) => ({ address, value: quoted(value), path, line });
  const args = dockerfile.args.flatMap(({ properties, line }) =>
    properties.map(({ name, value }) => fact(`docker/arg.${name}`, withoutVersions(name, value ?? ''), line)),
  );
  return [...args, ...dockerfile.stages.flatMap((stage) => stageFacts(dockerfile, stage, path))];
}

function stageFacts(dockerfile: Dockerfile, stage: Stage, path: string): DockerFact[] {
  const role = `docker/${roleName(rolesOf(dockerfile), stage)}`;
  const { line } = stage.from;
  const items = itemsOf(dockerfile, stage);
  const order = orderedKeys(items).map(quoted).join(', ');
  return [
    { address: `${role}.from`, value: quoted(withoutVersions('', stage.image)), path, line },
    ...(stage.name === null ? [] : [{ address: `${role}.name`, value: quoted(stage.name), path, line }]),
    ...items.map(({ key, value, instruction }) => ({
      address: `${role}.${key}`,
      value: quoted(value),
      path,
      line: instruction.line,
    })),
    { address: `${role}.order`, value: `[${order}]`, path, line },
  ];
}

/** Keys whose order means something: packages and labels have none. */
function orderedKeys(items: readonly Item[]): string[] {
  return items.map(({ key }) => key).filter((key) => !/^(?:package|label)\./.test(key));
}

function ignoreFacts(text: string): DockerFact[] {
  return ignoredPatterns(text).map(({ pattern, line }) => ({
    address: `docker/ignore.${pattern}`,
    value: quoted(pattern),
    path: '.dockerignore',
    line,
  }));
}

function overlayFacts(files: DeployedFiles, path: string): DockerFact[] {
  const text = files.read(path);
  if (text === undefined) return [];
  // Windows' command files are no shell scripts: their lines are.
  const commands = path.endsWith('.bat')
    ? text.split(/\r?\n/).filter((line) => line.trim() !== '')
    : scriptCommands(text).map((command) => command.text);
  const address = `release/overlay.${path.slice('rel/overlays/'.length)}`;
  return [{ address, value: quoted(commands.join('; ')), path, line: 1 }];
}

function releaseFacts(files: DeployedFiles, path: string): DockerFact[] {
  const text = files.read(path) ?? '';
  const [module] = modulesOf(parse(text));
  const functions = module?.name.endsWith('Release') ? functionsOf(module.body) : [];
  // A schema of releases that an app keeps is no release module.
  if (!functions.some(({ name }) => name === 'migrate')) return [];
  return functions.map((clause) => ({
    address: `release/function.${clause.name}/${clause.args.length}`,
    value: `(${clause.body.map((expr) => display(expr)).join('; ')})`,
    path,
    line: lineAt(text, clause.range.start),
  }));
}

/** A text as an Elixir string. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]|#(?=\{)/g, '\\$&')}"`;
}

/** The text of an Elixir string that `quoted` wrote. */
export function unquoted(value: string): string {
  return value.slice(1, -1).replace(/\\([\\"#])/g, '$1');
}
