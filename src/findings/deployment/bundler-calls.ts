import { itemsOf } from '../../docker/item.ts';
import type { Dockerfile, Stage } from '../../docker/model.ts';
import { mixTasks, roleName, rolesOf } from '../../docker/stages.ts';
import type { Operation } from '../../merge/operation.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { bundlerRuns } from './bundler-runs.ts';
import { bundlingStages } from './bundler-stages.ts';
import { commandEdits } from './command-edits.ts';
import { type CommandList, commandLists, dockerLists } from './command-lists.ts';
import type { RunProgram } from './command-text.ts';
import { doable } from './docker-file.ts';
import { BundledPackages, mixTask, ownDirectory, placed } from './npm-commands.ts';

/** Commands that go with a bundler of npm: where each stands, the edits that put Mix in its place, and those that have none. */
export interface BundlerCalls {
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
  readonly stands: readonly Finding[];
}

/** `npm run deploy`, `cd assets && yarn`, `webpack --mode production`: commands of scripts, images and workflows. */
export function bundlerCalls(bundler: string, config: string, context: FindingContext): BundlerCalls {
  const packages = new BundledPackages(config.replace(/[^/]*$/, ''), context.tree);
  const lists = [...commandLists(context), ...dockerLists(context)].filter(({ path }) => !/package\.json$/.test(path));
  const called = lists.flatMap((list) => callsIn(list, bundler, packages, context));
  const copies = context.build.dockerfiles.flatMap((file) => copiedPackages(file));
  return {
    findings: [...called, ...copies].map(({ finding }) => finding),
    operations: [...called, ...copies].flatMap(({ operations }) => operations),
    stands: [...called, ...copies].flatMap(({ finding, operations }) => (operations.length === 0 ? [finding] : [])),
  };
}

interface Call {
  readonly finding: Finding;
  readonly operations: readonly Operation[];
}

function callKey({ line, words }: Pick<RunProgram, 'line' | 'words'>): string {
  return `${line}:${words.join(' ')}`;
}

function callsIn(list: CommandList, bundler: string, packages: BundledPackages, context: FindingContext): Call[] {
  const { path, programs } = list;
  const calls = new Set(placed(programs).flatMap((one) => (packages.called(one) === null ? [] : [callKey(one)])));
  const stages = context.build.dockerfiles
    .filter((file) => file.path === path)
    .flatMap((file) => bundlingStages(file, (line, words) => calls.has(callKey({ line, words }))));
  const runs = [...stages, ...bundlerRuns(list, packages, context)];
  const found = placed(programs).flatMap((one): (Call & { readonly line: number })[] => {
    const what = packages.called(one);
    if (what === null) return [];
    const task = mixTask(what);
    const words = task !== null && isInRoot(one) && mixRunsBefore(one, programs) ? ['mix', task] : null;
    const operations = words === null ? [] : commandEdits(path, { words: one.words, becomes: words }, context);
    const instead = task ?? 'a watcher of config/dev.exs';
    const message = `${what} belongs to ${bundler}: ${task === null ? instead : `mix ${task}`} takes its place`;
    return [{ line: one.line, finding: { path, line: one.line, message }, operations }];
  });
  // A line that installs and builds is one place; it is edited where all of it can be.
  return found
    .filter(({ line }, index) => found.findIndex((one) => one.line === line) === index)
    .map((call) => {
      const run = runs.find(({ lines }) => lines.has(call.line));
      if (run) return { ...call, operations: run.operations };
      const beside = found.filter(({ line }) => line === call.line);
      const isWhole = beside.every(({ operations }) => operations.length > 0);
      return { ...call, operations: isWhole ? beside.flatMap(({ operations }) => operations) : [] };
    });
}

/** `--prefix assets` and the like: what stands in its place then runs where Mix does. */
function isInRoot({ words }: RunProgram): boolean {
  return ownDirectory(words) !== null;
}

/** Whether Mix runs where a command does, before it: in the same stage of an image, or in the same script or job. */
function mixRunsBefore(one: RunProgram, programs: readonly RunProgram[]): boolean {
  const before = programs.slice(
    0,
    programs.findIndex(({ line, words }) => line === one.line && words === one.words),
  );
  const stage = before.findLastIndex(({ words }) => words[0] === 'WORKDIR' && words[1] === '/');
  return before.slice(stage + 1).some(({ words }) => mixTasks(words).includes('deps.get'));
}

const packageFile = /(?:^|\/)(?:package(?:-lock|\*)?\.json|\*\.json|yarn\.lock|pnpm-lock\.yaml|package\*\.json)$/;

/** `COPY assets/package.json assets/package-lock.json ./assets/`: the files are gone, and the image is not built. */
function copiedPackages({ path, dockerfile }: { readonly path: string; readonly dockerfile: Dockerfile }): Call[] {
  const roles = rolesOf(dockerfile);
  return dockerfile.stages.flatMap((stage) =>
    stage.instructions
      .filter(({ keyword, flags }) => keyword === 'COPY' && !flags.some(({ name }) => name === 'from'))
      .filter(({ words }) => words.slice(0, -1).some((word) => packageFile.test(word)))
      .map((instruction) => {
        const isAlone = instruction.words.slice(0, -1).every((word) => packageFile.test(word));
        const key = isAlone ? keyOf(instruction.line, dockerfile, stage) : undefined;
        const operations =
          key === undefined
            ? []
            : doable(dockerfile.text, { kind: 'docker-remove', path, stage: roleName(roles, stage), key });
        const message = 'copies what lists packages of npm, which goes with the bundler: take it out';
        return { finding: { path, line: instruction.line, message }, operations };
      }),
  );
}

function keyOf(line: number, dockerfile: Dockerfile, stage: Stage): string | undefined {
  return itemsOf(dockerfile, stage).find(({ instruction }) => instruction.line === line)?.key;
}
