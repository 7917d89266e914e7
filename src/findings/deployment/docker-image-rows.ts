import { secretName } from '../../docker/edit-split.ts';
import { ignores } from '../../docker/ignore.ts';
import { debianName, imageVersions } from '../../docker/image.ts';
import { chain, rolesOf } from '../../docker/stages.ts';
import { type DockerFile, doable, isDevelopment, startInstructions } from './docker-file.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';

/** Building and running images that do not go together, and Alpine. */
export function images({ path, dockerfile }: DockerFile): Seen[] {
  const { build, run } = rolesOf(dockerfile);
  const runner = run && imageVersions((chain(run).at(-1) ?? run).resolved);
  const builder = build && imageVersions((chain(build).at(-1) ?? build).resolved);
  const alpine =
    run && runner?.alpine
      ? [
          {
            path,
            line: run.from.line,
            message: `the release runs on ${run.resolved}: musl resolves DNS differently and NIFs built for glibc do not load; Debian is the generator's default`,
          },
        ]
      : [];
  if (!run || !runner?.debian || !builder?.debian) return seen('alpine-runner', alpine);
  if (debianName(runner.debian) === debianName(builder.debian)) return [];
  const message = `built on Debian ${debianName(builder.debian)}, run on ${debianName(runner.debian)}: the VM may miss its shared libraries`;
  const versions = { elixir: null, otp: null, debian: builder.debian };
  const operations = doable(dockerfile.text, { kind: 'docker-set-versions', path, stage: 'run', versions });
  return seen('debian-mismatch', [{ path, line: run.from.line, message }], operations);
}

/** Values that only let a build step run. */
const standIn = /^(?:dummy|fake|changeme|placeholder|none|x+|build(?:-?time)?)$/i;

/** Secrets that an `ENV` or `ARG` leaves in the image. */
export function secrets({ path, dockerfile }: DockerFile): Seen[] {
  if (isDevelopment(path, dockerfile)) return [];
  const all = [...dockerfile.args, ...dockerfile.stages.flatMap(({ instructions }) => instructions)];
  const findings = all.flatMap(({ keyword, properties, line }) =>
    properties
      .filter(
        ({ name, value }) =>
          secretName.test(name) &&
          (keyword === 'ARG' || (keyword === 'ENV' && value !== null && value !== '' && !standIn.test(value))),
      )
      .map(({ name }) => ({
        path,
        line,
        message: `${keyword} ${name} stays readable in the image's history; pass it when the container starts, or as a build secret`,
      })),
  );
  return seen('secret-in-image', findings);
}

/** A shipped stage whose last `USER` is root, or that has none. */
export function rootUser({ path, dockerfile }: DockerFile): Seen[] {
  const { run, only } = rolesOf(dockerfile);
  const shipped = run ?? only;
  if (!shipped || isDevelopment(path, dockerfile) || startInstructions(dockerfile).length === 0) return [];
  const user = chain(shipped).flatMap(({ instructions }) =>
    instructions.filter(({ keyword }) => keyword === 'USER').slice(-1),
  )[0];
  if (user && !/^(?:root|0)(?::|$)/.test(user.text)) return [];
  const message = 'the app runs as root';
  return seen('root-user', [{ path, line: user?.line ?? shipped.from.line, message }]);
}

const keptOut = ['.git', '_build', 'deps'];

/** A `.dockerignore` that is missing, or lets in what must stay out. */
export function buildContext({ path, dockerfile }: DockerFile, { tree }: DeployInput): Seen[] {
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
    return seen('dockerignore', [{ path, line: whole?.line ?? dockerfile.stages[0]?.from.line ?? 1, message }], [file]);
  }
  // Without a COPY of the whole directory, what is sent along never reaches the image.
  const missing = keptOut.filter((directory) => !ignores(text, directory));
  if (!whole || missing.length === 0) return [];
  const message = `.dockerignore lets ${missing.join(', ')} into the image, and line ${whole.line} of ${path} copies everything`;
  const operation = { kind: 'ignore-add' as const, path: ignorePath, patterns: missing };
  return seen('dockerignore', [{ path: ignorePath, line: 1, message }], [operation]);
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
