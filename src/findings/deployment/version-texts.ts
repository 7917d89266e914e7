import { imageVersions } from '../../docker/image.ts';
import type { BuildFiles } from '../build-files.ts';
import { isTextPath } from './command-files.ts';
import { type Software, type StatedVersion, softwares, stated } from './version-stated.ts';

/** Versions in texts of formats without a reader of their own: images that are named, variables, installations. */
export function textVersions(build: BuildFiles, read: ReadonlySet<string>): StatedVersion[] {
  const scripts = new Set(build.scripts.map(({ path }) => path));
  const paths = build.tree.paths.filter((path) => !read.has(path) && (isVersioned(path) || scripts.has(path)));
  return paths.flatMap((path) => linesOf(build.tree.read(path) ?? '', path));
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

const image = /(?<![\w./-])((?:[\w.-]+\/)*(?:elixir|erlang|node):\d[\w.-]*)/g;
const names: readonly (readonly [Software, RegExp])[] = [
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
  return text.split('\n').flatMap((line, index) => {
    if (line.length > 500 || /^\s*(?:#|\/\/)/.test(line)) return [];
    const images = [...line.matchAll(image)].flatMap(([, reference = '']) => {
      const versions = imageVersions(reference);
      return softwares.flatMap((software) => {
        const version = versions[software];
        return version === null || software === 'debian' ? [] : stated(software, version, path, index + 1);
      });
    });
    const said = names.flatMap(([software, pattern]) => {
      const [, version, other] = pattern.exec(line) ?? [];
      return version === undefined && other === undefined
        ? []
        : stated(software, version ?? other ?? '', path, index + 1);
    });
    return images.length > 0 ? images : said;
  });
}
