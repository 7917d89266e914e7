import { withoutLines } from '../elixir/edit/lines.ts';
import { type Edited, refused, type TextChange } from '../elixir/edited.ts';
import { propertyText } from './edit-item.ts';
import { imageVersions } from './image.ts';
import { migrates } from './migrating.ts';
import { type Dockerfile, environment, type Instruction, programs, type Stage } from './model.ts';
import { readDockerfile } from './read.ts';
import { mixTasks, rolesOf } from './stages.ts';
import { changedDockerfile } from './text-change.ts';

const secretName = /SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE_KEY|API_KEY|ACCESS_KEY|DATABASE_URL|CREDENTIAL/i;
/** What only says how secrets, or tokens of another kind, are dealt with: `BRIDGED_TOKENS_ENABLED`. */
const setting = /_(?:ENABLED?|DISABLED?|TTL|TIMEOUT|LIFETIME|LIMIT|LENGTH)$/i;

/** Whether a variable of that name holds a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !setting.test(name);
}

const starts = new Set(['CMD', 'ENTRYPOINT', 'EXPOSE', 'USER', 'HEALTHCHECK', 'VOLUME', 'STOPSIGNAL']);

/**
 * Makes one stage that builds and ships into two. Everything that builds stays where it is; what starts the app moves
 * to the new stage, and a `CMD` that ran Mix becomes the release's `bin/server`.
 */
export function splitStage(text: string, image: string, app: string): Edited {
  const dockerfile = readDockerfile(text);
  const { only } = rolesOf(dockerfile);
  if (only === null) return { ok: true, text };
  if (only.instructions.some(({ heredoc, keyword }) => heredoc && starts.has(keyword)))
    return refused('it starts a heredoc');
  const name = only.name ?? 'builder';
  const moved = only.instructions.filter(({ keyword }) => starts.has(keyword));
  const changes: TextChange[] = moved.map((one) => withoutLines(text, one.range));
  const environmentName = environment(only).get('MIX_ENV');
  const heading =
    (only.name === null ? ` AS ${name}` : '') + (environmentName === undefined ? '\n\nENV MIX_ENV=prod' : '');
  if (heading !== '') changes.push({ start: only.from.range.end, end: only.from.range.end, text: heading });
  const release = `/_build/${environmentName ?? 'prod'}/rel/${app}`;
  const end = text.length;
  const joint = text.endsWith('\n') ? '\n' : '\n\n';
  const second = runningStage(dockerfile, only, { image, name, release: `${workdir(only)}${release}`, moved });
  changes.push({ start: end, end, text: joint + buildEnd(only) + second });
  return changedDockerfile(text, changes, 1);
}

function buildEnd(stage: Stage): string {
  const tasks = stage.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(programs)
    .flatMap(mixTasks);
  const compile = tasks.includes('compile') ? '' : 'RUN mix compile\n';
  return tasks.includes('release') ? '' : `${compile}RUN mix release\n\n`;
}

/** The directory that the building stage works in, without a slash at its end. */
function workdir(stage: Stage): string {
  const last = stage.instructions.findLast(({ keyword }) => keyword === 'WORKDIR');
  return (last?.text ?? '').replace(/["']/g, '').replace(/\/$/, '');
}

interface Second {
  readonly image: string;
  readonly name: string;
  readonly release: string;
  readonly moved: readonly Instruction[];
}

function runningStage(dockerfile: Dockerfile, stage: Stage, { image, name, release, moved }: Second): string {
  const alpine = imageVersions(image).alpine !== null;
  const own = [...environment(stage)].filter(
    ([key]) => !/^(?:MIX_ENV|HEX_|DEBIAN_FRONTEND)/.test(key) && !isSecretName(key),
  );
  const kept = moved.filter((one) => one.keyword !== 'USER' && !programs(one).some(startsMix) && one.keyword !== 'CMD');
  const user = moved.findLast(({ keyword }) => keyword === 'USER')?.text ?? 'nobody';
  const cmd = moved.findLast(({ keyword }) => keyword === 'CMD');
  const keepsCmd = cmd !== undefined && !programs(cmd).some(startsMix);
  const migratesFirst = moved.some((one) => programs(one).some(startsMix) && programs(one).some(migrates));
  return `${[
    `FROM ${image}`,
    '',
    alpine ? alpinePackages : debianPackages,
    '',
    ...[...own, ...(own.some(([key]) => key === 'LANG') ? [] : [['LANG', 'C.UTF-8'] as const])].map(
      ([key, value]) => `ENV ${key}=${propertyText(value)}`,
    ),
    'WORKDIR /app',
    `COPY --from=${name} --chown=${alpine ? 'nobody:nobody' : 'nobody:nogroup'} ${release} ./`,
    ...kept.map(({ range }) => dockerfile.text.slice(range.start, range.end)),
    `USER ${user}`,
    keepsCmd ? dockerfile.text.slice(cmd.range.start, cmd.range.end) : `CMD ${serverCommand(migratesFirst)}`,
  ].join('\n')}\n`;
}

/** Libraries that the Erlang VM links to, and certificates for outgoing TLS. */
const debianPackages = [
  'RUN apt-get update \\',
  '  && apt-get install --yes --no-install-recommends ca-certificates libncurses6 libstdc++6 openssl \\',
  '  && rm -rf /var/lib/apt/lists/*',
].join('\n');
const alpinePackages = 'RUN apk add --no-cache ca-certificates libstdc++ ncurses-libs openssl';

/** What starts the release where Mix did: where it migrated before, the release's own command does. */
export function serverCommand(migratesFirst: boolean): string {
  return migratesFirst ? '["sh", "-c", "/app/bin/migrate && exec /app/bin/server"]' : '["/app/bin/server"]';
}

/** Whether a program starts the app through Mix, which a release does not have. */
export function startsMix(words: readonly string[]): boolean {
  return mixTasks(words).length > 0;
}
