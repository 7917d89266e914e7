import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { sameValue } from '../../../src/elixir/canonical.ts';
import { performConfig } from '../../../src/elixir/config/edit.ts';
import type { ConfigEntry } from '../../../src/elixir/config/model.ts';
import type { ConfigOperation } from '../../../src/elixir/config/operation.ts';
import { describePristine, pristineTree, pristineVersions, scratch } from '../../support/pristine.ts';
import { config } from './project.ts';

type Files = Record<string, string>;

function configFiles(version: string, variant: string): Files {
  const tree = pristineTree(version, variant);
  const paths = tree.paths.filter((path) => /(^|\/)config\/[^/]*\.exs$/.test(path));
  return Object.fromEntries(paths.map((path) => [path, tree.read(path) ?? '']));
}

/** The settings of a project by file, environment and key path; the last of several wins. */
function settings(files: Files): Map<string, ConfigEntry> {
  const { entries } = config(files);
  return new Map(entries.map((entry) => [JSON.stringify([entry.path, entry.environment, entry.keyPath]), entry]));
}

function operations(from: Files, to: Files): ConfigOperation[] {
  const [old, target] = [settings(from), settings(to)];
  const place = ({ path, environment, keyPath }: ConfigEntry) => ({ path, environment, keyPath });
  const order = (entry: ConfigEntry) =>
    [...target.values()]
      .filter((one) => one.path === entry.path && one.environment === entry.environment)
      .map((one) => one.keyPath);
  const headers = Object.keys(from).filter((path) => /^import Config$/m.test(to[path] ?? ''));
  const news = Object.keys(to).filter((path) => !(path in from));
  return [
    ...news.map((path) => ({ kind: 'create-runtime-config' as const, path })),
    ...headers.map((path) => ({ kind: 'import-config' as const, path })),
    ...[...old]
      .filter(([key]) => !target.has(key))
      .map(([, entry]) => ({ kind: 'remove-config' as const, ...place(entry) })),
    ...[...target.values()].map((entry) => ({
      kind: 'set-config' as const,
      ...place(entry),
      value: entry.text,
      order: order(entry),
      salt: 'crystals',
    })),
  ].filter(({ path }) => path in to);
}

function carriedOut(from: Files, to: Files): Files {
  const result: Files = { ...from };
  for (const operation of operations(from, to)) {
    const once = performConfig(result[operation.path] ?? '', operation);
    if (!once.ok) throw new Error(`${JSON.stringify(operation)}: ${once.reason}`);
    expect(performConfig(once.text, operation)).toEqual(once);
    result[operation.path] = once.text;
  }
  return Object.fromEntries(Object.entries(result).filter(([path]) => path in to));
}

const minors = ['1.3', '1.4', '1.5', '1.6', '1.7', '1.8'];
const variants = ['default', 'umbrella', 'no-ecto', 'no-html', 'mysql'];

function steps(): [string, string, string][] {
  const newest = (minor: string) => pristineVersions().findLast((version) => version.startsWith(`${minor}.`)) ?? '';
  const neighbours = minors.slice(1).map((minor, index) => [newest(minors[index] ?? ''), newest(minor)] as const);
  return [...neighbours, ['1.3.4', '1.8.8'] as const].flatMap(([from, to]) =>
    variants
      .filter((variant) => [from, to].every((version) => Object.keys(configFilesOrNone(version, variant)).length > 0))
      .map((variant): [string, string, string] => [from, to, variant]),
  );
}

function configFilesOrNone(version: string, variant: string): Files {
  try {
    return configFiles(version, variant);
  } catch {
    return {};
  }
}

const hasElixir = spawnSync('elixir', ['--version']).status === 0;

/** Prints the paths of files, below the given directory, that `mix format` would change. */
const unformatted = `
[root] = System.argv()
for path <- Path.wildcard(Path.join(root, "**/*.exs")) do
  text = File.read!(path)
  if IO.iodata_to_binary([Code.format_string!(text), "\\n"]) != text, do: IO.puts(Path.relative_to(path, root))
end
`;

function unformattedIn(trees: ReadonlyMap<string, Files>): string[] {
  const root = scratch('format');
  for (const [name, files] of trees) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name, path)), { recursive: true });
      writeFileSync(join(root, name, path), text);
    }
  }
  const printed = execFileSync('elixir', ['-e', unformatted, '--', root], { encoding: 'utf8' });
  return printed.split('\n').filter(Boolean);
}

describePristine('config of one generated project made into that of another', () => {
  const [before, after] = [new Map<string, Files>(), new Map<string, Files>()];

  it.each(steps())('%s to %s, %s', (from, to, variant) => {
    const [old, target] = [configFiles(from, variant), configFiles(to, variant)];
    const result = carriedOut(old, target);
    before.set(`${from}-${to}-${variant}`, old);
    after.set(`${from}-${to}-${variant}`, result);
    const [reached, wanted] = [settings(result), settings(target)];
    // What a file sets that nothing imports in the old layout cannot be reached by edits of keys.
    const keys = [...wanted.keys()].filter((key) => reached.has(key) || !unreachable(result, target, wanted.get(key)));
    expect([...reached.keys()].sort()).toEqual(keys.sort());
    for (const key of keys) {
      const [a, b] = [reached.get(key)?.text ?? '', wanted.get(key)?.text ?? ''];
      expect(sameValue(a, b), `${key}: ${a} instead of ${b}`).toBe(true);
      expect(reached.get(key)?.scope).toBe(wanted.get(key)?.scope);
    }
  });

  it.skipIf(!hasElixir)('stays formatted where it was (skipped without elixir)', () => {
    const never = new Set(unformattedIn(before));
    expect(unformattedIn(after).filter((path) => !never.has(path))).toEqual([]);
  });
});

function unreachable(result: Files, target: Files, entry: ConfigEntry | undefined): boolean {
  const read = new Set(config(result).files.map((file) => file.path));
  return entry !== undefined && entry.path in target && !read.has(entry.path);
}
