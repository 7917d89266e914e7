import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commands } from '../../src/cli/declarations.ts';

export const root = resolve(import.meta.dirname, '../..');

/** Markdown files that users and contributors read. */
export const documents: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** A document without what its examples print, which the test of the README compares as a whole. */
export function textOf(document: string): string {
  return readFileSync(join(root, document), 'utf8').replace(/<!-- example:[\s\S]*?<!-- \/example -->/g, '');
}

const names = commands.map(({ name }) => name).join('|');
/** What a person fills in. */
const examples: Readonly<Record<string, string>> = { TOPIC: 'dns-cluster', COMMAND: 'plan' };

/** Command lines of phx-upgrade that a document has, in its order: in blocks of code, and in code inside a sentence. */
export function commandLines(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');
  const inline = text.replace(/^```\w*\n[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g);
  const sentences = [...inline].map((match) => match[1] ?? '');
  const bare = sentences.filter((code) => new RegExp(`^(?:${names}) [^[<…]*$`).test(code));
  const called = [...blocks.flatMap((block) => block.split('\n')), ...sentences].flatMap((line) => {
    const call = /(?:^|\s)phx-upgrade(?:@[\d.]+)?((?: [\w./-]+| --)*)\s*(?=$|[#|;)>])/.exec(line);
    return call && !line.includes('npm install') ? [call[1] ?? ''] : [];
  });
  return [...new Set([...called, ...bare].map((line) => filledIn(line.trim())))];
}

function filledIn(line: string): string {
  return line.replace(/\b[A-Z]{5,}\b/g, (word) => examples[word] ?? word);
}

/** Scripts of package.json, and files and directories of this repository, that a document's commands name. */
export function ownTools(text: string): { scripts: string[]; paths: string[] } {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
  return {
    scripts: all(/npm run (?:--?[a-z]+ )*([a-z][a-z:-]*)/g),
    paths: all(/npx (?:tsx|vitest run|biome check(?: --write)?) ([\w./-]+)/g),
  };
}

/** Relative targets of links, without the place inside the file. */
export function links(text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
}

/** Files of this repository that a document names in code: `src/plan/build.ts`. */
export function namedFiles(text: string): string[] {
  const named = text.matchAll(/`((?:src|docs|test|fixtures|scripts|bench|schema|snapshots)\/[\w./-]+)`/g);
  return [...named].map((match) => match[1] ?? '');
}

/** Functions and types of this package that a document names in code: `buildPlan`, `UpgradeOptions`. */
export function namedDefinitions(text: string): string[] {
  const prose = text.replace(/^```\w*\n[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)`/g)].map((match) => match[1] ?? '');
}

/** Whether a file of `src/` defines a name. */
export function isDefined(name: string): boolean {
  return new RegExp(`\\b(?:function|const|class|interface|type) ${name}\\b|^ +(?:async )?${name}\\(`, 'm').test(code());
}

let read: string | undefined;

function code(): string {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  read ??= paths
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(root, 'src', path), 'utf8'))
    .join('\n');
  return read;
}
