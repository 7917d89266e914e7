import { isSecretName } from '../../docker/edit-split.ts';
import { ignores } from '../../docker/ignore.ts';
import { debianName, imageVersions } from '../../docker/image.ts';
import { itemsOf } from '../../docker/item.ts';
import type { Dockerfile, Stage } from '../../docker/model.ts';
import type { DockerOperation } from '../../docker/operation.ts';
import { chain, rolesOf } from '../../docker/stages.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { type DockerFile, doable, dockerRule, isDevelopment, startInstructions } from './docker-file.ts';

/** What an image stands on and holds. */
export const dockerImageRules: readonly ProjectRule[] = [
  dockerRule('debian-mismatch', debianMismatch),
  dockerRule('alpine-runner', alpineRunner),
  dockerRule('secret-in-image', secrets),
  dockerRule('root-user', rootUser),
  dockerRule('dockerignore', buildContext),
];

/** The image that a stage stands on in the end, by its versions. */
function rootVersions(stage: Stage) {
  return imageVersions((chain(stage).at(-1) ?? stage).resolved);
}

/** A release that runs on Alpine. */
function alpineRunner({ path, dockerfile }: DockerFile): Sighting[] {
  const { build, run } = rolesOf(dockerfile);
  if (!run || !rootVersions(run).alpine) return [];
  // Where both name a Debian, what counts is whether it is the same one.
  if (rootVersions(run).debian && build && rootVersions(build).debian) return [];
  const message = `the release runs on ${run.resolved}: musl resolves DNS differently and NIFs built for glibc do not load; Debian is the generator's default: FROM hexpm/elixir:…-debian-… to build, FROM debian: of the same release to run`;
  return sighting([{ path, line: run.from.line, message }]);
}

/** Building and running images that do not go together. */
function debianMismatch({ path, dockerfile }: DockerFile): Sighting[] {
  const { build, run } = rolesOf(dockerfile);
  const runner = run && rootVersions(run).debian;
  const builder = build && rootVersions(build).debian;
  if (!run || !runner || !builder || debianName(runner) === debianName(builder)) return [];
  const message = `built on Debian ${debianName(builder)}, run on ${debianName(runner)}: the VM may miss its shared libraries`;
  const versions = { elixir: null, otp: null, debian: builder };
  const operations = doable(dockerfile.text, { kind: 'docker-set-versions', path, stage: 'run', versions });
  return sighting([{ path, line: run.from.line, message }], operations);
}

/** Values that only let a build step run. */
const standIn = /^(?:dummy|fake|changeme|placeholder|none|x+|build(?:-?time)?)$/i;

/** Secrets that an `ENV` or `ARG` leaves in the image. */
function secrets({ path, dockerfile }: DockerFile): Sighting[] {
  if (isDevelopment(path, dockerfile)) return [];
  const all = [...dockerfile.args, ...dockerfile.stages.flatMap(({ instructions }) => instructions)];
  const findings = all.flatMap(({ keyword, properties, line }) =>
    properties
      .filter(
        ({ name, value }) =>
          isSecretName(name) &&
          (keyword === 'ARG' || (keyword === 'ENV' && value !== null && value !== '' && !standIn.test(value))),
      )
      .map(({ name }) => ({
        path,
        line,
        message: `${keyword} ${name} stays readable in the image's history; pass it when the container starts, or as a build secret`,
      })),
  );
  return sighting(findings);
}

/** A shipped stage whose last `USER` is root, or that has none. */
function rootUser({ path, dockerfile }: DockerFile): Sighting[] {
  const { run, only } = rolesOf(dockerfile);
  const shipped = run ?? only;
  if (!shipped || isDevelopment(path, dockerfile) || startInstructions(dockerfile).length === 0) return [];
  const user = chain(shipped).flatMap(({ instructions }) =>
    instructions.filter(({ keyword }) => keyword === 'USER').slice(-1),
  )[0];
  if (user && !/^(?:root|0)(?::|$)/.test(user.text)) return [];
  const message =
    'the app runs as root: write RUN chown nobody on its directory, --chown=nobody:root on the COPY of the release, and USER nobody before what starts it, where it writes nothing else';
  const operations = user ? [] : unprivileged(path, dockerfile, shipped);
  return sighting([{ path, line: user?.line ?? shipped.from.line, message }], operations);
}

/**
 * The edits that let a release run as `nobody`: its directory, for what it writes when it starts, its files, and the user. None where
 * anything else of the image may need root: own start scripts, volumes, ports below 1024, commands behind the copy.
 */
function unprivileged(path: string, dockerfile: Dockerfile, stage: Stage): DockerOperation[] {
  const items = itemsOf(dockerfile, stage);
  const copy = items.findIndex(({ key }) => key === 'copy.--from=<build>');
  const directory = items.find(({ key }) => key === 'workdir')?.value;
  const own = items[copy];
  const starts = startInstructions(dockerfile);
  const isRelease = starts.every(({ json }) => /(?:^|\/)bin\/[\w.-]+$/.test(json?.[0] ?? ''));
  const needsRoot = stage.instructions.some(
    ({ keyword, text }) =>
      keyword === 'VOLUME' || /\bPORT[= ]\d{1,3}\b/.test(text) || (keyword === 'EXPOSE' && /^\d{1,3}\b/.test(text)),
  );
  const runsLater = items.slice(copy + 1).some(({ key }) => /^(?:run|apt|package|copy)\b/.test(key));
  const isKnown = rolesOf(dockerfile).run === stage && own !== undefined && /\brel\//.test(own.value);
  if (!isKnown || directory === undefined || !isRelease || needsRoot || runsLater) return [];
  const put = (key: string, value: string, after: readonly string[]) =>
    doable(dockerfile.text, { kind: 'docker-put', path, stage: 'run', key, value, after });
  const owned = own.value.replace(/ ?--chown=\S+/, '').replace('--from=<build>', '--from=<build> --chown=nobody:root');
  const edits = [
    put(`run.chown ${directory}`, `chown nobody ${directory}`, ['workdir']),
    put('copy.--from=<build>', owned, []),
    put('user', 'nobody', ['copy.--from=<build>']),
  ];
  const isOwned = own.value === owned;
  return edits.every((edit, index) => edit.length > 0 || (index === 1 && isOwned)) ? edits.flat() : [];
}

const keptOut = ['.git', '_build', 'deps'];

/** A `.dockerignore` that is missing, or lets in what must stay out. */
function buildContext({ path, dockerfile }: DockerFile, { tree }: FindingContext): Sighting[] {
  const whole = dockerfile.stages
    .flatMap(({ instructions }) => instructions)
    .find(
      (one) =>
        /^(?:COPY|ADD)$/.test(one.keyword) &&
        !one.flags.some(({ name }) => name === 'from') &&
        ['.', './'].includes(one.words[0] ?? ''),
    );
  const ignorePath = tree.has(`${path}.dockerignore`) ? `${path}.dockerignore` : '.dockerignore';
  const text = tree.read(ignorePath);
  if (text === undefined) {
    const message = 'there is no .dockerignore: .git, _build and deps are sent to the build';
    const file = { kind: 'create-file' as const, path: '.dockerignore', text: ignoreText, executable: false };
    return sighting([{ path, line: whole?.line ?? dockerfile.stages[0]?.from.line ?? 1, message }], [file]);
  }
  // Without a COPY of the whole directory, what is sent along never reaches the image.
  const missing = keptOut.filter((directory) => !ignores(text, directory));
  if (!whole || missing.length === 0) return [];
  const message = `.dockerignore lets ${missing.join(', ')} into the image, and line ${whole.line} of ${path} copies everything`;
  const operation = { kind: 'ignore-add' as const, path: ignorePath, patterns: missing };
  return sighting([{ path: ignorePath, line: 1, message }], [operation]);
}

/** A `.dockerignore` in our own words: what is built, fetched or secret stays out. */
export const ignoreText = `# Made again inside the image, or no part of it.
_build
deps
**/node_modules
priv/static/cache_manifest.json

# History and tests are not shipped.
.git
test
cover
doc

# Never bake secrets in.
.env
.env.*
*.pem
`;
