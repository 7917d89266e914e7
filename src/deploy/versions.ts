import { readToml, tomlValue } from '../docker/fly.ts';
import { debianName, imageVersions, type KnownVersions } from '../docker/image.ts';
import { chain, rolesOf } from '../docker/stages.ts';
import { functionsOf, modulesOf } from '../elixir/module.ts';
import { lineAt } from '../elixir/position.ts';
import { doable } from './docker-rows.ts';
import type { Finding } from './finding.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { everyExpr, plainText, readYaml, type Sources } from './sources.ts';

export const softwares = ['elixir', 'otp', 'node', 'debian'] as const;
export type Software = (typeof softwares)[number];

/** One place that names a version. */
export interface StatedVersion {
  readonly software: Software;
  /** As written: `1.15.7`, `~> 1.14`, `bookworm`. */
  readonly version: string;
  readonly path: string;
  readonly line: number;
  /** Whether it is a requirement that several versions meet. */
  readonly range: boolean;
}

/** One row of the version matrix. */
export interface VersionRow {
  readonly software: Software;
  readonly places: readonly StatedVersion[];
  /** Pairs of places that cannot both be met. */
  readonly disagreements: readonly (readonly [StatedVersion, StatedVersion])[];
}

/** Every place that names a version of Elixir, OTP, Node or Debian, by software. */
export function versionMatrix(sources: Sources): VersionRow[] {
  const stated = [
    ...toolVersions(sources),
    ...mise(sources),
    ...mixRequirements(sources),
    ...dockerVersions(sources),
    ...workflows(sources),
    ...buildpacks(sources),
    ...single(sources),
    ...nix(sources),
  ];
  return softwares.map((software) => {
    const places = stated.filter((one) => one.software === software);
    return { software, places, disagreements: disagreements(places) };
  });
}

function disagreements(places: readonly StatedVersion[]): [StatedVersion, StatedVersion][] {
  return places.flatMap((one, index) =>
    places
      .slice(index + 1)
      .flatMap((other): [StatedVersion, StatedVersion][] => (agree(one, other) ? [] : [[one, other]])),
  );
}

function agree(a: StatedVersion, b: StatedVersion): boolean {
  if (a.software === 'debian') return debianName(a.version) === debianName(b.version);
  if (a.range && b.range) return true;
  if (a.range || b.range) {
    const [range, exact] = a.range ? [a, b] : [b, a];
    return meets(exact.version, range.version);
  }
  // `1.15` and `1.15.7` name the same line; in one place alone the last numbers may be open.
  const [short, long] = [parts(a.version), parts(b.version)].sort((x, y) => x.length - y.length);
  return (short ?? []).every((part, index) => part === long?.[index]);
}

function parts(version: string): number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}

/** Less, equal or greater as numbers, missing parts being zero. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)];
  for (let index = 0; index < Math.max(x.length, y.length); index += 1) {
    const difference = (x[index] ?? 0) - (y[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version meets `~> 1.14`, `>= 1.12 and < 2.0`, or one of several joined by `or`. */
export function meets(version: string, requirement: string): boolean {
  return requirement
    .split(/\s+or\s+/)
    .some((all) => all.split(/\s+and\s+/).every((one) => meetsOne(version, one.trim())));
}

function meetsOne(version: string, requirement: string): boolean {
  const [, operator = '==', wanted = ''] = /^(~>|>=|<=|>|<|==|!=)?\s*(.*)$/.exec(requirement) ?? [];
  // `1.15` stands for any 1.15.x: it meets whatever its newest patch meets.
  const open = parts(version).length < parts(wanted).length;
  const difference =
    open && parts(version).every((part, index) => part === parts(wanted)[index]) ? 0 : compareVersions(version, wanted);
  if (operator === '~>')
    return (
      difference >= 0 &&
      parts(wanted)
        .slice(0, -1)
        .every((part, index) => parts(version)[index] === part)
    );
  if (operator === '>=') return difference >= 0;
  if (operator === '<=') return difference <= 0;
  if (operator === '>') return difference > 0;
  if (operator === '<') return difference < 0;
  return operator === '!=' ? difference !== 0 : difference === 0;
}

const names: Readonly<Record<string, Software>> = {
  elixir: 'elixir',
  erlang: 'otp',
  otp: 'otp',
  nodejs: 'node',
  node: 'node',
};

function stated(software: Software, version: string, path: string, line: number, range = false): StatedVersion[] {
  return /\d/.test(version) || software === 'debian'
    ? [{ software, version: version.replace(/-otp-.*$/, ''), path, line, range }]
    : [];
}

function toolVersions({ tree }: Sources): StatedVersion[] {
  const files = tree.paths.filter((path) => /^(?:apps\/[^/]+\/|assets\/)?\.tool-versions$/.test(path));
  return files.flatMap((path) =>
    (tree.read(path) ?? '').split('\n').flatMap((line, index) => {
      const [name = '', version = ''] = line.replace(/#.*/, '').trim().split(/\s+/);
      const software = names[name];
      return software ? stated(software, version, path, index + 1) : [];
    }),
  );
}

function mise({ tree }: Sources): StatedVersion[] {
  const files = ['mise.toml', '.mise.toml', '.config/mise.toml', '.rtx.toml'].filter((path) => tree.has(path));
  return files.flatMap((path) => {
    const toml = readToml(tree.read(path) ?? '');
    return Object.entries(names).flatMap(([name, software]) => {
      const value = tomlValue(toml?.value, ['tools', name]);
      const version = typeof value === 'string' ? value : tomlValue(value, ['version']);
      return typeof version === 'string' ? stated(software, version, path, toml?.line(['tools', name]) ?? 1) : [];
    });
  });
}

function mixRequirements(sources: Sources): StatedVersion[] {
  const files = sources.tree.paths.filter((path) => /^(?:apps\/[^/]+\/)?mix\.exs$/.test(path));
  return files.flatMap((path) => {
    const source = sources.elixir(path);
    const project = modulesOf(source)
      .flatMap(({ body }) => functionsOf(body))
      .filter(({ name }) => name === 'project');
    return everyExpr(project.flatMap(({ body }) => body)).flatMap((expr) => {
      if (expr.kind !== 'pair' || expr.name !== 'elixir') return [];
      const requirement = plainText(expr.value);
      return requirement === null
        ? []
        : stated('elixir', requirement, path, lineAt(source.text, expr.range.start), true);
    });
  });
}

function dockerVersions(sources: Sources): StatedVersion[] {
  return sources.dockerfiles.flatMap(({ path, dockerfile }) => {
    const { build, run, only } = rolesOf(dockerfile);
    return [build, run, only]
      .filter((stage) => stage !== null)
      .flatMap((stage) => {
        const root = chain(stage).at(-1) ?? stage;
        const versions = imageVersions(root.resolved);
        return softwares.flatMap((software) => {
          const version = versions[software];
          return version === null ? [] : stated(software, version, path, root.from.line);
        });
      });
  });
}

const actionInputs: Readonly<Record<string, Software>> = {
  'elixir-version': 'elixir',
  'otp-version': 'otp',
  'node-version': 'node',
};

/** GitHub's setup actions, and the images of GitLab and CircleCI. A matrix names several on purpose: left out. */
function workflows({ tree }: Sources): StatedVersion[] {
  const files = tree.paths.filter((path) =>
    /^(?:\.github\/(?:workflows|actions)\/.*|\.gitlab-ci|\.circleci\/config)\.ya?ml$/.test(path),
  );
  return files.flatMap((path) =>
    readYaml(tree.read(path) ?? '').flatMap((document) => {
      return everyValue(document.value, []).flatMap(({ path: keys, value }) => {
        const key = String(keys.at(-1) ?? '');
        const line = () => document.line(keys);
        const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
        const software = actionInputs[key];
        if (software && !text.includes('${{') && !keys.includes('matrix')) return stated(software, text, path, line());
        if (key !== 'image' && !(key === 'name' && keys.at(-2) === 'image')) return [];
        const versions = imageVersions(text);
        return softwares.flatMap((one) => {
          const version = versions[one];
          return version === null || one === 'debian' ? [] : stated(one, version, path, line());
        });
      });
    }),
  );
}

interface Found {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Every value in a tree of lists and maps, with its path. */
export function everyValue(value: unknown, path: readonly (string | number)[]): Found[] {
  const own = { path, value };
  if (Array.isArray(value)) return [own, ...value.flatMap((item, index) => everyValue(item, [...path, index]))];
  if (typeof value !== 'object' || value === null) return [own];
  return [own, ...Object.entries(value).flatMap(([key, item]) => everyValue(item, [...path, key]))];
}

function buildpacks({ tree }: Sources): StatedVersion[] {
  const keys: Readonly<Record<string, Software>> = {
    elixir_version: 'elixir',
    erlang_version: 'otp',
    node_version: 'node',
  };
  return ['elixir_buildpack.config', 'phoenix_static_buildpack.config'].flatMap((path) =>
    (tree.read(path) ?? '').split('\n').flatMap((line, index) => {
      const [, key = '', version = ''] = /^\s*(\w+)\s*=\s*["'(]*v?([\w.]+)/.exec(line) ?? [];
      const software = keys[key];
      return software ? stated(software, version, path, index + 1) : [];
    }),
  );
}

function single({ tree }: Sources): StatedVersion[] {
  const files: Readonly<Record<string, Software>> = {
    '.nvmrc': 'node',
    '.node-version': 'node',
    '.elixir-version': 'elixir',
    '.exenv-version': 'elixir',
  };
  return tree.paths.flatMap((path) => {
    const software = /^(?:assets\/|apps\/[^/]+\/(?:assets\/)?)?[^/]+$/.test(path)
      ? files[path.slice(path.lastIndexOf('/') + 1)]
      : undefined;
    const text = software ? (tree.read(path) ?? '').trim().replace(/^v/, '') : '';
    return software && /^\d/.test(text) ? stated(software, text, path, 1) : [];
  });
}

/** `elixir_1_15`, `erlang_26`, `beam.packages.erlang27`, `nodejs_20` of Nix files. */
function nix({ tree }: Sources): StatedVersion[] {
  const patterns: readonly (readonly [Software, RegExp])[] = [
    ['elixir', /\belixir_(\d+_\d+)/g],
    ['otp', /\berlang_?(?:R)?(\d{2})/g],
    ['node', /\bnodejs[_-](\d+)/g],
  ];
  return ['flake.nix', 'shell.nix', 'devenv.nix'].flatMap((path) =>
    (tree.read(path) ?? '').split('\n').flatMap((line, index) => {
      const code = line.replace(/#.*/, '');
      return patterns.flatMap(([software, pattern]) =>
        [...code.matchAll(pattern)].flatMap(([, version = '']) =>
          stated(software, version.replace('_', '.'), path, index + 1),
        ),
      );
    }),
  );
}

/** The versions a new Dockerfile takes over: exact ones that the project states, else null. */
export function ownVersions(_input: DeployInput, sources: Sources): KnownVersions {
  const matrix = versionMatrix(sources);
  const exact = (software: Software, length: number) =>
    matrix
      .find((row) => row.software === software)
      ?.places.find(({ range, version }) => !range && parts(version).length >= length)?.version ?? null;
  const debian =
    matrix.find((row) => row.software === 'debian')?.places.find(({ version }) => /-\d{8}/.test(version))?.version ??
    null;
  return { elixir: exact('elixir', 3), otp: exact('otp', 2), debian };
}

/** Disagreements, and versions that are too old for the target. */
export function versionRows(input: DeployInput, sources: Sources): Seen[] {
  const matrix = versionMatrix(sources);
  const pairs = matrix.flatMap((row) =>
    row.disagreements.filter(isOfTwoFiles).map(([one, other]) => disagreement(row.software, one, other)),
  );
  return [...seen('version-disagreement', pairs), ...tooOld(input, sources, matrix)];
}

/** Stages of one Dockerfile that stand on different systems have a topic of their own. */
function isOfTwoFiles([one, other]: readonly [StatedVersion, StatedVersion]): boolean {
  return one.path !== other.path || one.software !== 'debian';
}

const titles: Readonly<Record<Software, string>> = { elixir: 'Elixir', otp: 'OTP', node: 'Node', debian: 'Debian' };

function disagreement(software: Software, one: StatedVersion, other: StatedVersion): Finding {
  const message = `${titles[software]} ${one.version} here, ${other.version} in ${other.path}:${other.line}`;
  return { path: one.path, line: one.line, message };
}

function tooOld({ target }: DeployInput, sources: Sources, matrix: readonly VersionRow[]): Seen[] {
  const own = { elixir: target.elixir, otp: target.otp, node: null, debian: null };
  return matrix.flatMap(({ software, places }) => {
    const needed = own[software];
    if (needed === null) return [];
    const old = places.filter(({ version, range }) =>
      range ? tooLowRange(version, needed) : compareVersions(version, needed) < 0,
    );
    const findings = old.map(({ version, path, line, range }) => {
      const fault = range ? 'allows versions below' : 'is older than';
      return { path, line, message: `${titles[software]} ${version} ${fault} the ${needed} that the target needs` };
    });
    return seen('version-too-old', findings, bumps(old, sources, needed, software));
  });
}

/** Whether a requirement allows versions below what is needed. `~> 1.14` allows 1.14, and the target needs 1.15. */
function tooLowRange(requirement: string, needed: string): boolean {
  const lowest = /(?:~>|>=)\s*(\d[\d.]*)/.exec(requirement)?.[1];
  return lowest !== undefined && compareVersions(lowest, needed) < 0;
}

/** Edits of Dockerfiles where another place of the project already names a version that will do. */
function bumps(old: readonly StatedVersion[], sources: Sources, needed: string, software: Software) {
  const good = versionMatrix(sources)
    .find((row) => row.software === software)
    ?.places.find(
      ({ range, version }) => !range && parts(version).length >= 2 && compareVersions(version, needed) >= 0,
    )?.version;
  if (good === undefined) return [];
  return sources.dockerfiles
    .filter(({ path }) => old.some((one) => one.path === path))
    .flatMap(({ path, dockerfile }) => {
      const versions = {
        elixir: software === 'elixir' ? good : null,
        otp: software === 'otp' ? good : null,
        debian: null,
      };
      return doable(dockerfile.text, { kind: 'docker-set-versions', path, stage: null, versions });
    });
}
