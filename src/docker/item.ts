import { withoutVersions } from './image.ts';
import type { Dockerfile, Instruction, Property, Stage } from './model.ts';
import type { Command } from './shell.ts';
import { type Roles, roleName, rolesOf } from './stages.ts';

/** One thing that a stage states, found again by its key whatever stands around it. */
export interface Item {
  /** `env.LANG`, `copy.lib`, `run.mix deps.get`, `package.git`; unique in its stage. */
  readonly key: string;
  /** As written, on one line; versions and stage names taken out. */
  readonly value: string;
  readonly instruction: Instruction;
  /** Of a command in a `RUN`. */
  readonly command: Command | null;
  /** Of an `ENV`, `ARG` or `LABEL`. */
  readonly property: Property | null;
}

/** A stage's items in order; those of packages stand behind the `apt` item that installs them. */
export function itemsOf(dockerfile: Dockerfile, stage: Stage): Item[] {
  const roles = rolesOf(dockerfile);
  const counts = new Map<string, number>();
  return stage.instructions.flatMap((instruction) =>
    instructionItems(instruction, dockerfile, roles).map((item) => {
      const count = (counts.get(item.key) ?? 0) + 1;
      counts.set(item.key, count);
      return count === 1 ? item : { ...item, key: `${item.key}#${count}` };
    }),
  );
}

function instructionItems(instruction: Instruction, dockerfile: Dockerfile, roles: Roles): Item[] {
  const whole = (key: string, value: string): Item => ({ key, value, instruction, command: null, property: null });
  const { keyword } = instruction;
  switch (keyword) {
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return propertyItems(instruction);
    case 'COPY':
    case 'ADD':
      return [copyItem(instruction, dockerfile, roles)];
    case 'RUN':
      return instruction.commands.length === 0 || instruction.heredoc
        ? [whole(`run.${instruction.words.slice(0, 2).join(' ')}`, instructionText(instruction))]
        : runItems(instruction);
    case 'WORKDIR':
    case 'USER':
      return [whole(keyword.toLowerCase(), instruction.text.replace(/^(["'])(.*)\1$/, '$2'))];
    default:
      return [whole(keyword.toLowerCase(), instructionText(instruction))];
  }
}

/** Arguments with flags, the JSON form written one way. */
function instructionText({ flags, json, text }: Instruction): string {
  const written = flags.map(({ name, value }) => (value === null ? `--${name}` : `--${name}=${value}`));
  const rest = json ? `[${json.map((word) => JSON.stringify(word)).join(', ')}]` : text;
  return [...written, rest].join(' ');
}

function propertyItems(instruction: Instruction): Item[] {
  const area = instruction.keyword.toLowerCase();
  return instruction.properties.map((property) => ({
    key: `${area}.${property.name}`,
    value: withoutVersions(property.name, property.value ?? ''),
    instruction,
    command: null,
    property,
  }));
}

/** What stands in a value for the name that a project gave to its building stage. */
export const buildStageMark = '<build>';

function copyItem(instruction: Instruction, dockerfile: Dockerfile, roles: Roles): Item {
  const from = instruction.flags.find(({ name }) => name === 'from')?.value ?? null;
  const source = from === null ? null : stageNamed(dockerfile, from);
  const origin = source !== null && roleName(roles, source) === 'build' ? buildStageMark : from;
  const flags = instruction.flags.map((flag) => (flag.name === 'from' ? { ...flag, value: origin } : flag));
  const sources = instruction.words.slice(0, -1).map((path) => path.replace(/^\.\//, '').replace(/\/$/, ''));
  const release = origin === buildStageMark && sources.some((path) => /\/rel(?:\/|$)/.test(path));
  const behind = release ? '' : ` ${sources.join(' ')}`;
  const name = origin === null ? sources.join(' ') : `--from=${origin}${behind}`;
  return {
    key: `${instruction.keyword.toLowerCase()}.${name}`,
    value: instructionText({ ...instruction, flags }),
    instruction,
    command: null,
    property: null,
  };
}

/** A stage by the name or number that `COPY --from` gives. */
export function stageNamed(dockerfile: Dockerfile, name: string): Stage | null {
  const found = dockerfile.stages.find((stage) => stage.name?.toLowerCase() === name.toLowerCase());
  return found ?? dockerfile.stages[Number(name)] ?? null;
}

function runItems(instruction: Instruction): Item[] {
  const install = instruction.commands.filter((command) => installedBy(command) !== null);
  const [first] = install;
  if (!first) return instruction.commands.map((command) => commandItem(instruction, command));
  const own = instruction.commands.filter((command) => !isPackageCommand(command));
  const value = packageCommands(instruction).map(withoutPackages).join(' && ');
  const packages = install.flatMap((command) => installedBy(command) ?? []);
  const item = (key: string, text: string): Item => ({
    key,
    value: text,
    instruction,
    command: first,
    property: null,
  });
  return [
    item('apt', value),
    ...packages.map((name) => item(`package.${name.replace(/=.*$/, '')}`, name)),
    ...own.map((command) => commandItem(instruction, command)),
  ];
}

/** The commands of a `RUN` that fetch, install and clean up packages. */
export function packageCommands(instruction: Instruction): Command[] {
  return instruction.commands.filter(isPackageCommand);
}

function isPackageCommand({ pipe: [words = []] }: Command): boolean {
  const [program = ''] = words;
  if (['apt-get', 'apt', 'apk'].includes(program)) return true;
  return (
    program === 'rm' && words.some((word) => word.includes('/var/lib/apt/lists') || word.includes('/var/cache/apk'))
  );
}

/** Packages that a command installs, versions included; null for a command that installs none. */
export function installedBy({ pipe: [words = []] }: Command): string[] | null {
  const verb = words.findIndex((word) => word === 'install' || word === 'add');
  if (!['apt-get', 'apt', 'apk'].includes(words[0] ?? '') || verb === -1) return null;
  const rest = words.slice(verb + 1);
  // `apk add --virtual .build-deps gcc`: the word behind the option names a group.
  return rest.filter((word, at) => !word.startsWith('-') && !/^(?:-t|--virtual)$/.test(rest[at - 1] ?? ''));
}

/** The text of a package command without the packages. */
export function withoutPackages(command: Command): string {
  const packages = installedBy(command);
  if (packages === null) return command.text;
  return command.text
    .split(' ')
    .filter((word) => !packages.includes(word))
    .join(' ');
}

function commandItem(instruction: Instruction, command: Command): Item {
  return { key: `run.${commandKey(command)}`, value: command.text, instruction, command, property: null };
}

/** `mix deps.get`, `chown /app`: program and what it is about, options aside. */
function commandKey({ pipe: [words = []] }: Command): string {
  const plain = words.filter((word) => !word.startsWith('-'));
  const [program = '', second] = plain;
  const about = program === 'mix' ? second : plain.length > 1 ? plain.at(-1) : undefined;
  return about === undefined ? program : `${program} ${about}`;
}
