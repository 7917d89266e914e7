import { isSecretName } from '../../docker/edit-split.ts';
import { ignores } from '../../docker/ignore.ts';
import { debianName, imageVersions } from '../../docker/image.ts';
import type { Stage } from '../../docker/model.ts';
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
  const message = `the release runs on ${run.resolved}: musl resolves DNS differently and NIFs built for glibc do not load; Debian is the generator's default`;
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
    'the app runs as root: put USER nobody before what starts it, and --chown=nobody:root on the COPY of the release, where it writes nothing else';
  return sighting([{ path, line: user?.line ?? shipped.from.line, message }]);
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
