import type { FileTree } from '../../src/project/tree.ts';
import { performRewrite } from '../../src/rewrites/perform.ts';
import { isLeft } from '../../src/rewrites/place.ts';
import { readTemplate } from '../../src/templates/tree.ts';
import { elementsOf } from '../../src/templates/walk.ts';

/** Templates as HEEx against those that a team made of them, and all code that came to stand between braces. */
export function rewrittenTemplates(
  tree: FileTree,
  theirs: FileTree,
): { readonly lines: readonly string[]; readonly code: readonly string[] } {
  const found = tree.paths.filter((path) => /\.l?eex$/.test(path) && !theirs.has(path) && theirs.has(moved(path)));
  const code: string[] = [];
  const lines: string[] = [];
  const reasons = new Map<string, number>();
  const counts = { converted: 0, attributes: 0, equal: 0, different: 0, kept: 0 };
  for (const path of found) {
    const text = tree.read(path) ?? '';
    const file = { path, text, read: (other: string) => (other === owner ? liveView : undefined) };
    const { text: result, places } = performRewrite(file, { name: 'heex', scope });
    const left = places.filter(isLeft);
    for (const { reason } of left) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (left.length > 0) continue;
    counts.converted += 1;
    const known = bracedIn(theirs.read(moved(path)) ?? '');
    for (const attribute of bracedIn(result)) {
      counts.attributes += 1;
      code.push(attribute.code);
      const at = known.findIndex((one) => one.name === attribute.name && plain(one.code) === plain(attribute.code));
      if (at !== -1) {
        known.splice(at, 1);
        counts.equal += 1;
      } else if (known.some((one) => one.name === attribute.name)) {
        counts.different += 1;
        const other = known.find((one) => one.name === attribute.name)?.code;
        lines.push(`  other than the team's: ${path}: ${attribute.name}={${attribute.code}}, not {${other}}`);
      } else counts.kept += 1;
    }
  }
  return {
    lines: [
      `templates: ${found.length} that the team made .heex, ${counts.converted} converted; attributes: ${counts.attributes} rewritten, ${counts.equal} equal to the team's, ${counts.different} different, ${counts.kept} gone from the team's template`,
      ...[...reasons].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `  left ${count}: ${reason}`),
      ...lines,
    ],
    code,
  };
}

/** Which module takes a template in is another question: here each has components. */
const owner = 'live.ex';
const liveView = 'defmodule Live do\n  use Phoenix.LiveView\nend\n';
const scope = { owner: 'Live', beside: [owner] };

function moved(path: string): string {
  return path.replace(/l?eex$/, 'heex');
}

interface Braced {
  readonly name: string | null;
  readonly code: string;
}

function bracedIn(text: string): Braced[] {
  return elementsOf(readTemplate(text, { heex: true, bodyBraces: false })).flatMap(({ open }) =>
    open.attributes.flatMap(({ name, value }) =>
      value?.kind === 'braces' ? [{ name, code: text.slice(value.code.start, value.code.end) }] : [],
    ),
  );
}

function plain(code: string): string {
  return code.replace(/\s+/g, '');
}
