import { imageVersions } from '../../docker/image.ts';
import type { BuildFiles } from '../build-files.ts';
import { isTextPath } from './command-files.ts';
import { type Software, type StatedVersion, softwares, stated } from './version-stated.ts';

/** Versions in texts of formats without a reader of their own: images that are named, variables, installations. */
export function textVersions(build: BuildFiles, read: ReadonlySet<string>): StatedVersion[] {
  const scripts = new Set(build.scripts.map(({ path }) => path));
  const paths = build.tree.paths.filter((path) => !read.has(path) && (isVersioned(path) || scripts.has(path)));
  const images = build.dockerfiles.flatMap(({ path, dockerfile }) =>
    placesIn(dockerfile.text, path, (line) => saidIn(line, [installedNode])),
  );
  return [
    ...paths.flatMap((path) => linesOf(build.tree.read(path) ?? '', path)),
    ...paths.flatMap((path) => onlyItems(build.tree.read(path) ?? '', path)),
    ...images,
  ];
}

/** `elixir:` with a list of one item, as Travis has it: more of them would be a matrix. */
function onlyItems(text: string, path: string): StatedVersion[] {
  if (!/\.ya?ml$/.test(path)) return [];
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const [, name = ''] = /^\s*(elixir|otp_release)\s*:\s*$/.exec(line) ?? [];
    const item = /^\s*-\s*["']?(\d[\w.]*)["']?\s*$/;
    const [, version] = item.exec(lines[index + 1] ?? '') ?? [];
    if (name === '' || version === undefined || /^\s*-/.test(lines[index + 2] ?? '')) return [];
    return stated(name === 'elixir' ? 'elixir' : 'otp', version, path, index + 2);
  });
}

function isVersioned(path: string): boolean {
  if (/(?:^|\/)(?:deps|node_modules|test|tests|fixtures?)\//.test(path)) return false;
  return (
    (isTextPath(path) && !/package\.json$/.test(path)) ||
    /(?:^|\/)\.?(?:travis|drone|woodpecker|taskcluster|appveyor|cirrus)[\w.-]*\.ya?ml$|(?:^|\/)\.(?:semaphore|buildkite|circleci|gitlab)[\w/.-]*\.ya?ml$|(?:^|\/)[\w.-]*(?:compose|pipelines|cloudbuild)[\w.-]*\.ya?ml$/.test(
      path,
    )
  );
}

const image = /(?<![\w./-])((?:[\w.-]+\/)*[\w-]*(?:elixir|erlang|node)[\w-]*:\d[\w.-]*)/g;
/** Node as NodeSource and nvm install it: `setup_18.x`, `node_8.x`, `nvm install 12.22`. */
const installedNode: Naming = ['node', /\b(?:setup|node)_(\d+)\.x\b|\bnvm\s+(?:install|use)\s+v?(\d[\d.]*)/];

type Naming = readonly [Software, RegExp];

const names: readonly Naming[] = [
  installedNode,
  ['elixir', /\belixir(?:[_-]?version)?["']?\s*(?:[:=]|\?=)\s*\[?["']?v?(\d+\.\d[\w.-]*)/i],
  ['otp', /\b(?:erlang|otp)(?:[_-]?(?:version|release))?["']?\s*(?:[:=]|\?=)\s*\[?["']?v?(\d+[\w.-]*)/i],
  [
    'elixir',
    /\b(?:asdf\s+(?:install|global|local)|sem-version|kiex\s+(?:install|use|default)|mise\s+use|apt(?:-get)?\s.*\binstall\s.*)\s*elixir[ =@](\d+\.\d[\w.]*)/,
  ],
  [
    'otp',
    /\b(?:asdf\s+(?:install|global|local)|sem-version|mise\s+use)\s+erlang[ =@](\d[\w.]*)|\besl-erlang=1:(\d[\d.]*)/,
  ],
  ['elixir', /\bkiex\s+(?:install|use|default)\s+(\d+\.\d[\w.]*)/],
];

function linesOf(text: string, path: string): StatedVersion[] {
  return placesIn(text, path, (line) => {
    const images = imagesIn(line);
    return images.length > 0 ? images : saidIn(line, names);
  });
}

interface Named {
  readonly software: Software;
  readonly version: string;
}

function placesIn(text: string, path: string, read: (line: string) => readonly Named[]): StatedVersion[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.length > 500 || /^\s*(?:#|\/\/)/.test(line)) return [];
    return read(line).flatMap(({ software, version }) => stated(software, version, path, index + 1));
  });
}

function imagesIn(line: string): Named[] {
  return [...line.matchAll(image)].flatMap(([, reference = '']) => {
    const versions = imageVersions(reference);
    return softwares.flatMap((software) => {
      const version = versions[software];
      return version === null || software === 'debian' ? [] : [{ software, version }];
    });
  });
}

function saidIn(line: string, namings: readonly Naming[]): Named[] {
  return namings.flatMap(([software, pattern]) => {
    const [, version, other] = pattern.exec(line) ?? [];
    return version === undefined && other === undefined ? [] : [{ software, version: version ?? other ?? '' }];
  });
}
