import { parse } from '../../elixir/parse.ts';
import { type RouterScope, readRouter } from '../../elixir/router/read.ts';
import { readWeb } from '../../elixir/web/read.ts';
import type { Member } from '../area.ts';
import type { Fact } from '../fact.ts';
import { FactList } from './fact-list.ts';

/** Pipelines and scopes, from the text of a router. */
export function routerFacts(text: string, file: string, member: Member | null): Fact[] {
  const router = readRouter(parse(text));
  if (router === null) return [];
  const list = new FactList('web', member, file);
  for (const { name, plugs, line } of router.pipelines) {
    list.add(['router', 'pipeline', name], `[${plugs.map((plug) => plug.display).join(', ')}]`, line);
  }
  for (const scope of router.scopes) addScope(list, scope, '');
  return list.facts;
}

function addScope(list: FactList, scope: RouterScope, parent: string): void {
  const path = `${parent}${scope.path}`.replaceAll('//', '/');
  list.add(['router', 'scope', path], `[${scope.calls.map((call) => call.display).join(', ')}]`, scope.line);
  for (const inner of scope.scopes) addScope(list, inner, path);
}

/** The quoted lines of each section of the dispatch module, from its text. */
export function webFacts(text: string, file: string, member: Member | null): Fact[] {
  const web = readWeb(parse(text));
  if (web === null) return [];
  const list = new FactList('web', member, file);
  for (const { name, lines, line } of web.sections) {
    list.add([web.module, name], `[${lines.map((one) => one.display).join(', ')}]`, line);
  }
  for (const { name, arity, display, line } of web.functions) {
    if (arity === 0) list.add([web.module, name], display, line);
  }
  return list.facts;
}
