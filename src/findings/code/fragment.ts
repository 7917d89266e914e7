import type { Expr } from '../../elixir/ast.ts';
import { exprsOf } from '../../elixir/children.ts';
import type { SourceFiles } from '../../project/source-files.ts';
import { piecesOf as rewritePieces, type Site, type TemplateSite } from '../../rewrites/sites.ts';
import { type CodeFile, isElixir } from './code-file.ts';

/** Code that is looked at together, and every expression of it, outer before inner. */
export interface Fragment extends Site {
  readonly exprs: readonly Expr[];
}

/** A place in a file; lines count from 1. */
export interface Hit {
  readonly path: string;
  readonly line: number;
}

/** What one file is taken apart into. */
export interface CodePieces {
  readonly fragments: readonly Fragment[];
  readonly templates: readonly TemplateSite[];
  /** The first syntax error of an Elixir file; null where it has none. */
  readonly broken: Hit | null;
}

/** The pieces of a file: its modules, its templates, and the code inside these as far as `wanted` says so of its text. */
export function piecesOf(file: CodeFile, sources: SourceFiles, wanted: (code: string) => boolean): CodePieces {
  const source = isElixir(file.path) ? sources.get(file.path) : undefined;
  const { sites, templates } = rewritePieces(file, wanted, source);
  const [problem] = source?.problems ?? [];
  return {
    fragments: sites.map((site) => ({ ...site, exprs: exprsOf(site.body) })),
    templates,
    broken: problem ? { path: file.path, line: problem.line } : null,
  };
}
