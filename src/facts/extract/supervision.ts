import { parse } from '../../elixir/parse.ts';
import { readSupervision } from '../../elixir/supervision/read.ts';
import type { Member } from '../area.ts';
import type { Fact } from '../fact.ts';
import { FactList } from './fact-list.ts';

/** Children, their order and the supervisor's options, from the text of an Application module. */
export function supervisionFacts(text: string, file: string, member: Member | null): Fact[] {
  const tree = readSupervision(parse(text));
  if (tree === null) return [];
  const list = new FactList('supervision', member, file);
  const named = tree.children.filter((child) => child.module !== null);
  for (const child of named) list.add([child.name], child.display, child.line);
  const [first] = tree.children;
  if (first) list.add(['order'], `[${named.map((child) => child.name).join(', ')}]`, first.line);
  for (const { path, display, line } of tree.options) list.add(['options', ...path], display, line);
  return list.facts;
}
