import { posix } from 'node:path';
import type { Operation } from '../../merge/operation.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { commandFormat } from './command-files.ts';
import { commandLists, dockerLists } from './command-lists.ts';
import { doable } from './docker-file.ts';

/** `_build/prod/rel/shop/releases/0.1.0/shop.tar.gz`, and what stands around the parts of it. */
const archive = /^(.*?)rel\/([^\s/]+)\/releases\/([^\s/]+)\/([^\s/]+)\.tar\.gz$/;

const message =
  'Distillery wrote this archive; mix release makes one with steps: [:assemble, :tar], _build/prod/shop-0.1.0.tar.gz, or copy _build/prod/rel';

interface Archives {
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
  /** Places that no edit carries over: without Distillery they find no archive. */
  readonly stands: readonly Finding[];
}

/** Places that take the archive from where Distillery put it, and the edits for those whose target tells its name. */
export function archives(context: FindingContext): Archives {
  const calls = [...dockerLists(context), ...commandLists(context)].flatMap(({ path, programs }) =>
    programs.map(({ words, line }) => ({ path, words, line })),
  );
  const copied = context.build.dockerfiles.flatMap(({ path, dockerfile }) =>
    dockerfile.stages.flatMap(({ instructions }) =>
      instructions
        .filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
        .map(({ words, line }) => ({ path, words: ['COPY', ...words], line })),
    ),
  );
  const edited = [...calls, ...copied].flatMap(({ path, words, line }) => {
    const becomes = taken(words);
    const rest = words[0] === 'COPY' ? { from: words.slice(1), to: becomes?.slice(1) } : { from: words, to: becomes };
    const text = context.tree.read(path);
    if (!rest.to || text === undefined) return [];
    const operations = doable(text, { kind: 'command-words', path, words: rest.from, becomes: rest.to });
    return operations.map((operation: Operation) => ({ path, line, operation }));
  });
  const findings = places(context);
  const stands = findings.filter(
    (place) => !edited.some(({ path, line }) => path === place.path && line === place.line),
  );
  return { findings, operations: edited.map(({ operation }) => operation), stands };
}

/** A path of the archive, or its directory in a variable that the same line sets, `tar -xf "$DIR/shop.tar.gz"`. */
const isTaking = /^[^#]*\brel\/[^\s/]+\/releases\/(?:[^\s/]+\/[^\s/]+\.tar\.gz|.*\$\{?\w+\}?\/[\w.-]+\.tar\.gz)/;

/** Whether anything of a project takes such an archive. */
export function takesArchive(context: Pick<FindingContext, 'build'>): boolean {
  return places(context).length > 0;
}

function places({ build }: Pick<FindingContext, 'build'>): Finding[] {
  const texts = [
    ...build.scripts,
    ...build.dockerfiles.map(({ path, dockerfile }) => ({ path, text: dockerfile.text })),
    ...build.tree.paths
      .filter((path) => commandFormat(path, () => build.tree.read(path) ?? '') !== null)
      .map((path) => ({ path, text: build.tree.read(path) ?? '' })),
  ];
  const lines = texts.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (isTaking.test(line) ? [{ path, line: index + 1, message }] : [])),
  );
  return eachOnce(lines);
}

/**
 * The words of a copy, or of an unpacking, that take the archive from where Mix writes it. A copy into a directory names
 * the file there, so that it is found as before; one whose target may be either is left to a person.
 */
function taken(words: readonly string[]): readonly string[] | null {
  const at = words.findIndex((word) => archive.test(word));
  const [, root = '', release = '', version = '', file = ''] = archive.exec(words[at] ?? '') ?? [];
  if (at === -1 || file !== release || words.filter((word) => archive.test(word)).length > 1) return null;
  const path = `${root}${release}-${version}.tar.gz`;
  const [program = ''] = words;
  if (program === 'tar') return words.with(at, path);
  if (!/^(?:COPY|cp|mv|scp|install)$/.test(program) || at !== words.length - 2) return null;
  const target = words[at + 1] ?? '';
  if (/\.(?:tar\.gz|tgz)$/.test(target)) return words.with(at, path);
  if (!/(?:^|\/)\.?$|[:/]$/.test(target)) return null;
  return [...words.with(at, path).slice(0, -1), posix.join(target, `${file}.tar.gz`)];
}
