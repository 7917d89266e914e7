import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';

/**
 * Prints how long the files and functions of `src/` are: median, 95th percentile, maximum, and the longest. Lines of a
 * file are all its lines. A function is what has a body in braces, from its first line to its last, blank lines aside;
 * one inside another counts for itself and for the outer one. An arrow to a bare expression is not counted: hundreds of
 * one-line callbacks would hide what the median says.
 */

interface Measured {
  readonly name: string;
  readonly lines: number;
}

const functionKinds = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

const paths = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => join('src', path))
  .sort();
const texts = paths.map((path) => [path, readFileSync(path, 'utf8')] as const);

print(
  'files',
  texts.map(([path, text]) => ({ name: path, lines: text.trimEnd().split('\n').length })),
);
print(
  'functions',
  texts.flatMap(([path, text]) => functionsOf(path, text)),
);

function functionsOf(path: string, text: string): Measured[] {
  const found: Measured[] = [];
  const visit = (node: unknown, name: string): void => {
    if (Array.isArray(node)) for (const item of node) visit(item, name);
    if (!isNode(node)) return;
    const own = nameOf(node) ?? name;
    if (functionKinds.has(node.type) && node.body?.type === 'BlockStatement')
      found.push({ name: `${path} ${own}`, lines: filled(text, node) });
    for (const value of Object.values(node)) visit(value, own);
  };
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path).body, '(top)');
  return found;
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly id?: { readonly name?: string } | null;
  readonly key?: { readonly name?: string };
  readonly body?: { readonly type?: string };
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The name that a function, a variable or a member gives to what is inside it. */
function nameOf(node: SyntaxNode): string | undefined {
  return node.id?.name ?? node.key?.name;
}

function filled(text: string, { start, end }: SyntaxNode): number {
  return text
    .slice(start, end)
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

function print(what: string, measured: readonly Measured[]): void {
  const sorted = [...measured].sort((a, b) => a.lines - b.lines);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.lines ?? 0;
  console.log(`${sorted.length} ${what}: median ${at(0.5)}, 95th percentile ${at(0.95)}, maximum ${at(1)} lines`);
  for (const { name, lines } of sorted.slice(-10).reverse()) console.log(`  ${String(lines).padStart(4)}  ${name}`);
}
