import { dockerEditors } from '../../docker/edit.ts';
import { startsMix } from '../../docker/edit-split.ts';
import { imageVersions } from '../../docker/image.ts';
import { migrates } from '../../docker/migrating.ts';
import { type Dockerfile, environment, type Instruction, programs } from '../../docker/model.ts';
import type { DockerOperation } from '../../docker/operation.ts';
import { chain, rolesOf } from '../../docker/stages.ts';
import { performer } from '../../elixir/edited.ts';
import type { FlyOperation } from '../../toml/operation.ts';
import { tomlEditors } from '../../toml/toml.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { ProjectRule, Sighting } from '../rule.ts';

/** A Dockerfile of the project and where it stands. */
export interface DockerFile {
  readonly path: string;
  readonly dockerfile: Dockerfile;
}

/** A rule that looks at one Dockerfile after another. Those that build no Elixir are left alone. */
export function dockerRule(
  id: string,
  look: (file: DockerFile, context: FindingContext) => readonly Sighting[],
  topic = id,
): ProjectRule {
  return {
    kind: 'project',
    id,
    topic,
    look: (context) =>
      context.build.dockerfiles
        .filter(({ dockerfile }) => shipsElixir(dockerfile))
        .flatMap((file) => look(file, context)),
  };
}

type FileEdit = DockerOperation | FlyOperation;

const perform = performer<FileEdit>({ ...dockerEditors, ...tomlEditors });

/** An operation that does something on the text, is not refused, and leaves what `isRight` asks for. */
export function doable<Edit extends FileEdit>(
  text: string,
  operation: Edit,
  isRight: (result: string) => boolean = () => true,
): Edit[] {
  const result = perform(text, operation);
  return result.ok && result.text !== text && isRight(result.text) ? [operation] : [];
}

/**
 * Whether a Dockerfile is for development or tests, by its name, the environment that it builds or runs in, or what it installs
 * to follow edits (live reload listens through inotify-tools): Mix belongs in there.
 */
export function isDevelopment(path: string, dockerfile: Dockerfile): boolean {
  const shipped = dockerfile.stages.at(-1);
  const stages = [shipped, rolesOf(dockerfile).build];
  const environments = stages.map((stage) => (stage ? environment(stage).get('MIX_ENV') : undefined));
  const followsEdits =
    shipped !== undefined && chain(shipped).some(({ instructions }) => instructions.some(installsInotify));
  return (
    /dev|test|ci\b/i.test(path.slice(path.lastIndexOf('/') + 1)) ||
    environments.some((name) => name === 'dev' || name === 'test') ||
    (followsEdits && !environments.includes('prod'))
  );
}

function installsInotify(instruction: Instruction): boolean {
  return instruction.keyword === 'RUN' && programs(instruction).some((words) => words.includes('inotify-tools'));
}

/** Whether a Dockerfile has to do with Elixir: its image, Mix, or a release that migrates. Only then is it judged. */
function shipsElixir(dockerfile: Dockerfile): boolean {
  return dockerfile.stages.some(
    (stage) =>
      imageVersions(stage.resolved).elixir !== null ||
      stage.instructions.some((one) => programs(one).some((words) => startsMix(words) || migrates(words))),
  );
}

/** What a container of the last stage starts: the last `ENTRYPOINT` and the last `CMD`, those of its base included. */
export function startInstructions(dockerfile: Dockerfile): Instruction[] {
  const shipped = dockerfile.stages.at(-1);
  const all = shipped
    ? chain(shipped)
        .reverse()
        .flatMap(({ instructions }) => instructions)
    : [];
  return ['ENTRYPOINT', 'CMD'].flatMap((keyword) => all.filter((one) => one.keyword === keyword).slice(-1));
}

/** The project's scripts that an instruction starts, by their names. */
export function startedScripts(start: Instruction, build: BuildFiles): BuildFiles['scripts'] {
  const names = programs(start)
    .flat()
    .map((word) => word.slice(word.lastIndexOf('/') + 1));
  return build.scripts.filter(
    ({ path }) => !path.startsWith('rel/overlays/bin/migrate') && names.includes(path.slice(path.lastIndexOf('/') + 1)),
  );
}
