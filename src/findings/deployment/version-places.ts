import { imageVersions } from '../../docker/image.ts';
import type { Dockerfile, Stage } from '../../docker/model.ts';
import { chain, rolesOf } from '../../docker/stages.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { nestedValue } from '../../toml/nested-value.ts';
import { readToml } from '../../toml/toml.ts';
import type { BuildFiles } from '../build-files.ts';
import { type Software, type StatedVersion, softwares, stated } from './version-stated.ts';
import { textVersions } from './version-texts.ts';
import { everyValue, type YamlValue } from './yaml.ts';

/** Every place of a project that names a version, in no order that means anything. */
export function statedVersions(build: BuildFiles): StatedVersion[] {
  const read = [
    ...toolVersions(build),
    ...mise(build),
    ...mixRequirements(build),
    ...dockerVersions(build),
    ...workflows(build),
    ...buildpacks(build),
    ...single(build),
    ...nix(build),
  ];
  return [...read, ...textVersions(build, new Set(read.map(({ path }) => path)))];
}

const names: Readonly<Record<string, Software>> = {
  elixir: 'elixir',
  erlang: 'otp',
  otp: 'otp',
  nodejs: 'node',
  node: 'node',
};

function toolVersions({ tree }: BuildFiles): StatedVersion[] {
  const files = tree.paths.filter((path) => /^(?:apps\/[^/]+\/|assets\/)?\.tool-versions$/.test(path));
  return files.flatMap((path) =>
    (tree.read(path) ?? '').split('\n').flatMap((line, index) => {
      const [name = '', version = ''] = line.replace(/#.*/, '').trim().split(/\s+/);
      const software = names[name];
      return software ? stated(software, version, path, index + 1) : [];
    }),
  );
}

function mise({ tree }: BuildFiles): StatedVersion[] {
  const files = ['mise.toml', '.mise.toml', '.config/mise.toml', '.rtx.toml'].filter((path) => tree.has(path));
  return files.flatMap((path) => {
    const toml = readToml(tree.read(path) ?? '');
    return Object.entries(names).flatMap(([name, software]) => {
      const value = nestedValue(toml?.value, ['tools', name]);
      const version = typeof value === 'string' ? value : nestedValue(value, ['version']);
      return typeof version === 'string' ? stated(software, version, path, toml?.line(['tools', name]) ?? 1) : [];
    });
  });
}

function mixRequirements({ manifests }: BuildFiles): StatedVersion[] {
  return manifests.flatMap(({ path, mixfile }) =>
    mixfile.project
      .filter(({ path: keys }) => keys.join() === 'elixir')
      .flatMap(({ value, line }) => {
        const requirement = plainText(value);
        return requirement === null ? [] : stated('elixir', requirement, path, line, true);
      }),
  );
}

function dockerVersions(build: BuildFiles): StatedVersion[] {
  return build.dockerfiles.flatMap(({ path, dockerfile }) => {
    const ofImages = imagesOf(path, dockerfile);
    const known = new Set(ofImages.map(({ software }) => software));
    return [...ofImages, ...argumentsOf(path, dockerfile).filter(({ software }) => !known.has(software))];
  });
}

/** `ARG ELIXIR_VERSION=1.18.4` of a file that builds Elixir, or Erlang, by itself. */
function argumentsOf(path: string, { args, stages }: Dockerfile): StatedVersion[] {
  const all = [...args, ...stages.flatMap(({ instructions }) => instructions)];
  return all.flatMap(({ keyword, properties, line }) =>
    (keyword === 'ARG' || keyword === 'ENV' ? properties : []).flatMap(({ name, value }) => {
      const software = names[/^(ELIXIR|ERLANG|OTP)_VERSION$/.exec(name)?.[1]?.toLowerCase() ?? ''];
      return software && /^v?\d+(?:\.\d+)*$/.test(value ?? '') ? stated(software, value ?? '', path, line) : [];
    }),
  );
}

function imagesOf(path: string, dockerfile: Dockerfile): StatedVersion[] {
  const { build, run, only } = rolesOf(dockerfile);
  const isOfNode = ({ resolved }: Stage) => imageVersions(resolved).node !== null;
  const others = dockerfile.stages.filter((stage) => isOfNode(stage) && ![build, run, only].includes(stage));
  return [build, run, only, ...others]
    .filter((stage) => stage !== null)
    .flatMap((stage) => {
      const root = chain(stage).at(-1) ?? stage;
      const versions = imageVersions(root.resolved);
      return softwares.flatMap((software) => {
        const version = versions[software];
        return version === null ? [] : stated(software, version, path, root.from.line);
      });
    });
}

const actionInputs: Readonly<Record<string, Software>> = {
  'elixir-version': 'elixir',
  'otp-version': 'otp',
  'node-version': 'node',
};

/** GitHub's setup actions, and the images of GitLab and CircleCI. A matrix names several on purpose: left out, unless it names one. */
function workflows(build: BuildFiles): StatedVersion[] {
  return workflowPaths(build).flatMap((path) =>
    build.yaml(path).flatMap((document) => {
      const values = everyValue(document.value, []);
      return values.flatMap((one) => {
        const key = String(one.path.at(-1) ?? '');
        const software = actionInputs[key];
        if (software && !one.path.includes('matrix')) {
          const meant = variableValue(one, values) ?? one;
          return stated(software, scalarText(meant.value), path, document.line(meant.path));
        }
        if (key !== 'image' && !(key === 'name' && one.path.at(-2) === 'image')) return [];
        const versions = imageVersions(scalarText(one.value));
        return softwares.flatMap((other) => {
          const version = versions[other];
          return version === null || other === 'debian' ? [] : stated(other, version, path, document.line(one.path));
        });
      });
    }),
  );
}

/** Versions of Elixir that a workflow's matrix runs the tests on: none of them is the project's, and all have to build it. */
export function testedElixirs(build: BuildFiles): StatedVersion[] {
  return workflowPaths(build).flatMap((path) =>
    build.yaml(path).flatMap((document) =>
      everyValue(document.value, []).flatMap((one) => {
        const keys = one.path.filter((key) => typeof key === 'string');
        const isElixir = keys.includes('matrix') && /^elixir(?:[-_]?version)?s?$/i.test(keys.at(-1) ?? '');
        return isElixir ? stated('elixir', scalarText(one.value), path, document.line(one.path)) : [];
      }),
    ),
  );
}

function workflowPaths({ tree }: BuildFiles): string[] {
  return tree.paths.filter((path) =>
    /^(?:\.github\/(?:workflows|actions)\/.*|\.gitlab-ci|\.circleci\/config)\.ya?ml$/.test(path),
  );
}

function scalarText(value: unknown): string {
  const isPlain = (typeof value === 'string' && !value.includes('${{')) || typeof value === 'number';
  return isPlain ? String(value) : '';
}

/** What `${{ matrix.elixir }}` or `${{ env.ELIXIR }}` stands for, where that is one version alone. */
function variableValue({ value }: YamlValue, all: readonly YamlValue[]): YamlValue | undefined {
  const [, source = '', name = ''] = /\$\{\{\s*(matrix|env)\.([\w-]+)\s*\}\}/.exec(String(value)) ?? [];
  const meant = all.filter(({ path }) => {
    const keys = path.filter((key) => typeof key === 'string');
    return keys.at(-1) === name && keys.includes(source);
  });
  const scalars = meant.filter((one) => scalarText(one.value) !== '');
  return scalars.length === 1 ? scalars[0] : undefined;
}

function buildpacks({ tree }: BuildFiles): StatedVersion[] {
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

function single({ tree }: BuildFiles): StatedVersion[] {
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
function nix({ tree }: BuildFiles): StatedVersion[] {
  const patterns: readonly (readonly [Software, RegExp])[] = [
    ['elixir', /\belixir_(\d+_\d+)/g],
    ['otp', /\berlang_?(?:R)?(\d{2})/g],
    ['node', /\bnodejs[_-](\d+)/g],
  ];
  const files = tree.paths.filter((path) => path.endsWith('.nix') && !/(?:^|\/)deps\//.test(path));
  return files.flatMap((path) =>
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
