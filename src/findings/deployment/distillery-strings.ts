import { linesSetting } from '../../docker/edit-variable.ts';
import { itemsOf } from '../../docker/item.ts';
import { roleName, rolesOf } from '../../docker/stages.ts';
import { everyExpr } from '../../elixir/children.ts';
import type { ConfigEntry } from '../../elixir/config/model.ts';
import { plainText } from '../../elixir/plain-text.ts';
import type { Operation } from '../../merge/operation.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { commandFormat } from './command-files.ts';
import { isDeadInProduction, movesToRuntime } from './config-moves.ts';
import { doable, isDevelopment } from './docker-file.ts';
import { isBuilt, keyText } from './entries.ts';
import { isRuntimeFile } from './runtime-files.ts';

const variable = 'REPLACE_OS_VARS';

/** What of a project counts on Distillery to put variables into its configuration, and the edits that do without. */
export interface ReplacedStrings {
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
  /** How many values of the configuration count on it. */
  readonly values: number;
  /** Whether something says that the strings are such: the variable that asks for it is set. */
  readonly isSure: boolean;
  /** Values of production that no edit moves: without Distillery the app would get them as they are written. */
  readonly stands: readonly Finding[];
}

/** `"${DB_USER}"`, which Distillery replaced when the release started, and the variable that told it to. */
export function replacedStrings(context: FindingContext): ReplacedStrings {
  const values = context.config.entries.filter((entry) =>
    everyExpr([entry.value]).some((expr) => plainText(expr)?.match(placeholder)),
  );
  const built = values.filter((entry) => isBuilt(entry) && !isDeadInProduction(entry, context.config));
  const moves = movesToRuntime(context, values.filter(isBuilt));
  const inConfig = values.map(placeOf);
  const marks = marked(context.build);
  const message = `${variable} means nothing to mix release: take it out`;
  return {
    findings: [...inConfig, ...marks.flatMap(({ path, lines }) => lines.map((line) => ({ path, line, message })))],
    operations: [...moves, ...marks.flatMap(({ operations }) => operations)],
    values: values.length,
    isSure: marks.length > 0,
    stands: built.filter((entry) => !moves.some((move) => takes(move, entry))).map(placeOf),
  };
}

const placeholder = /\$\{[A-Z][A-Z0-9_]*\}/g;

function placeOf(entry: ConfigEntry): Finding {
  const { path, line, value } = entry;
  // Only the placeholders are shown: what else the value says may be a secret.
  const named = everyExpr([value]).flatMap((expr) => plainText(expr)?.match(placeholder) ?? []);
  const shown = [...new Set(named)].map((name) => JSON.stringify(name)).join(', ');
  const message = `${keyText(entry)}: nothing replaces ${shown} in a release; read the variable in config/runtime.exs`;
  return { path, line, message };
}

function takes(move: Operation, { path, keyPath }: ConfigEntry): boolean {
  const key = keyPath.join();
  return move.kind === 'move-config' && move.path === path && move.keyPaths.some((one) => one.join() === key);
}

interface Marked {
  readonly path: string;
  readonly lines: readonly number[];
  readonly operations: readonly Operation[];
}

/** Every file that sets the variable for what it builds or starts: images, scripts, units, workflows, settings of platforms. */
function marked(build: BuildFiles): Marked[] {
  const images = new Set(build.dockerfiles.map(({ path }) => path));
  const scripts = new Set(build.scripts.map(({ path }) => path));
  return build.tree.paths.flatMap((path) => {
    const isRead = images.has(path) || scripts.has(path) || isRuntimeFile(path);
    const text = isRead || mayCall(path) ? build.tree.read(path) : undefined;
    if (!text?.includes(variable) || (!isRead && commandFormat(path, () => text) === null && !/\.ya?ml$/.test(path)))
      return [];
    const lines = linesSetting(text, variable);
    if (lines.length === 0) return [];
    const operations = images.has(path)
      ? imageRemovals(path, build)
      : doable(text, { kind: 'variable-remove', path, name: variable });
    return [{ path, lines, operations }];
  });
}

function mayCall(path: string): boolean {
  return !/(?:^|\/)(?:deps|node_modules|test|tests|docs?)\//.test(path) && !/\.(?:exs?|[jt]sx?|md|css)$/.test(path);
}

function imageRemovals(path: string, { dockerfiles }: BuildFiles): Operation[] {
  const dockerfile = dockerfiles.find((one) => one.path === path)?.dockerfile;
  if (!dockerfile || isDevelopment(path, dockerfile)) return [];
  const roles = rolesOf(dockerfile);
  return dockerfile.stages.flatMap((stage) =>
    itemsOf(dockerfile, stage)
      .filter(({ key }) => key === `env.${variable}` || key === `arg.${variable}`)
      .flatMap(({ key }) =>
        doable(dockerfile.text, { kind: 'docker-remove', path, stage: roleName(roles, stage), key }),
      ),
  );
}
