import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PackageFacts } from '../../src/packages/facts.ts';
import { lookup } from '../../src/packages/lookup.ts';
import { byVersion, parseSpan } from '../../src/packages/span.ts';

const directory = new URL('../../snapshots/packages/', import.meta.url);
const names = readdirSync(directory)
  .filter((name) => name !== 'index.json')
  .map((name) => name.replace('.json', ''));
const read = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, directory), 'utf8'));
const facts = (name: string) => new PackageFacts(read(name));

/** What a reader of the changelogs knows: package, version, module, name, arity, what it is there. */
const known: readonly [string, string, string, string, number, string][] = [
  ['phoenix', '1.6.16', 'Phoenix.Controller', 'get_flash', 2, 'function'],
  ['phoenix', '1.7.0', 'Phoenix.Controller', 'get_flash', 2, 'deprecated'],
  ['phoenix', '1.7.0', 'Phoenix.Flash', 'get', 2, 'function'],
  ['phoenix', '1.6.16', 'Phoenix.Flash', 'get', 2, 'absent'],
  ['phoenix', '1.5.14', 'Phoenix.View', 'render', 3, 'function'],
  ['phoenix', '1.6.0', 'Phoenix.View', 'render', 3, 'absent'],
  ['phoenix', '1.8.0', 'Phoenix.Router', 'get', 3, 'macro'],
  ['phoenix', '1.4.17', 'Phoenix.ConnTest', 'conn', 0, 'function'],
  ['phoenix', '1.5.0', 'Phoenix.ConnTest', 'conn', 0, 'absent'],
  ['phoenix_view', '2.0.0', 'Phoenix.View', 'render', 3, 'function'],
  ['phoenix_html', '3.3.4', 'Phoenix.HTML.Form', 'form_for', 4, 'function'],
  ['phoenix_html', '4.0.0', 'Phoenix.HTML.Form', 'form_for', 4, 'absent'],
  ['phoenix_html', '4.0.0', 'Phoenix.HTML.Tag', 'content_tag', 2, 'absent'],
  ['phoenix_html_helpers', '1.0.1', 'PhoenixHTMLHelpers.Tag', 'content_tag', 2, 'function'],
  ['phoenix_live_view', '0.15.7', 'Phoenix.LiveView.Helpers', 'live_component', 3, 'macro'],
  ['phoenix_live_view', '0.17.14', 'Phoenix.LiveView.Helpers', 'live_component', 2, 'deprecated'],
  ['phoenix_live_view', '1.0.0', 'Phoenix.LiveView.Helpers', 'live_component', 2, 'absent'],
  ['phoenix_live_view', '1.0.0', 'Phoenix.Component', 'live_component', 1, 'function'],
  ['ecto', '2.2.12', 'Ecto', 'assoc', 2, 'function'],
  ['ecto', '3.0.0', 'Ecto.Adapters.SQL', 'query', 4, 'absent'],
  ['ecto_sql', '3.0.0', 'Ecto.Adapters.SQL', 'query', 4, 'function'],
  ['plug', '1.14.0', 'Plug.Conn', 'assign', 3, 'function'],
  ['gettext', '0.26.0', 'Gettext.Backend', '__using__', 1, 'hidden'],
  ['gettext', '0.25.0', 'Gettext.Macros', 'gettext', 2, 'absent'],
  ['gettext', '0.26.0', 'Gettext.Macros', 'gettext', 2, 'macro'],
  ['telemetry', '1.0.0', ':telemetry', 'execute', 3, 'function'],
];

describe('stored facts', () => {
  it.each(known)('%s %s: %s.%s/%i is %s', (name, version, module, fun, arity, expected) => {
    const found = lookup(facts(name), version, module, fun, arity);
    const said = found.state !== 'present' ? found.state : found.deprecated ? 'deprecated' : found.kind;
    expect(said).toBe(expected);
  });

  it.each(names)('%s has spans that begin before they end, at versions that were read', (name) => {
    const document = read(name);
    const versions = new Set(document.versions.split(' '));
    const spans = Object.values<Record<string, Record<string, string> | string[]>>(document.modules)
      .flatMap((module) => Object.values(module))
      .flatMap((part) => (Array.isArray(part) ? part : Object.keys(part)));
    for (const span of [...spans, ...Object.keys(document.elixir)]) {
      const { since, until } = parseSpan(span);
      expect(versions.has(since)).toBe(true);
      expect(until === null || (versions.has(until) && byVersion(since, until) < 0)).toBe(true);
    }
  });

  it('has every module in the index', () => {
    const index = read('index').modules;
    expect(Object.keys(index).sort()).toEqual(names.toSorted());
    for (const name of names) expect(index[name].split(' ')).toEqual(Object.keys(read(name).modules));
  });
});
