import { escapeRegExp } from '../../elixir/escape-reg-exp.ts';
import { type FileTree, withTexts } from '../../project/tree.ts';
import type { PristineTexts, ProjectFiles } from './input.ts';

const ignoreFile = '.gitignore';

/**
 * Texts in which the target goes on ignoring the secrets that the project ignores: generators since 1.4 no longer do, but on the
 * machines of a team the files are still there, and the next `git add` would take them in. Ignored files that git tracks all
 * the same are none.
 */
export function withSecretsIgnored(texts: PristineTexts, { tree }: Pick<ProjectFiles, 'tree'>): PristineTexts {
  const target = texts.target.read(ignoreFile);
  const wanted = linesOf(target ?? '');
  const kept = linesOf(tree.read(ignoreFile) ?? '').filter(
    (line) => /^[^#!]*\bsecret/.test(line) && !wanted.includes(line) && !tracksAny(line, tree),
  );
  const dropped = kept.filter((line) => linesOf(texts.old.read(ignoreFile) ?? '').includes(line) || wrote(line, texts));
  if (target === undefined || dropped.length === 0) return texts;
  const block = `\n# Files with secrets, wherever some are left.\n${dropped.join('\n')}\n`;
  const text = `${target.replace(/\n*$/, '\n')}${block}`;
  return { ...texts, target: withTexts(texts.target, (path) => (path === ignoreFile ? text : undefined)) };
}

/** Whether one of the versions on the way wrote a line. */
function wrote(line: string, { versions, baseText }: PristineTexts): boolean {
  return versions.some((version) => linesOf(baseText(ignoreFile, version) ?? '').includes(line));
}

/** Whether git tracks a file that a pattern such as `/config/*.secret.exs` names. */
function tracksAny(pattern: string, tree: FileTree): boolean {
  const source = pattern.replace(/^\//, '').split('*').map(escapeRegExp).join('[^/]*');
  const named = new RegExp(`^${source}`);
  return tree.paths.some((path) => named.test(path));
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
