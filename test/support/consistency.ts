import { projectFacts } from '../../src/facts/extract/project.ts';
import { readProject } from '../../src/project/project.ts';
import type { FileTree } from '../../src/project/tree.ts';

/** Modules in values that only work where their dep is there. */
const modulesOfDeps: readonly (readonly [RegExp, string])[] = [
  [/\bBandit\.PhoenixAdapter\b/, 'bandit'],
  [/\bCowboy2Adapter\b/, 'plug_cowboy'],
  [/\bSwoosh\.ApiClient\.Req\b/, 'req'],
  [/\bSwoosh\.ApiClient\.Finch\b/, 'finch'],
  [/\bSwoosh\.Adapters\b/, 'swoosh'],
  [/^\{?Finch\b/, 'finch'],
  [/^\{?DNSCluster\b/, 'dns_cluster'],
  [/\bEsbuild\b/, 'esbuild'],
  [/\bTailwind\b/, 'tailwind'],
  [/\bPhoenix\.LiveView\.Socket\b/, 'phoenix_live_view'],
  [/\bphoenix_live_view\b.*compilers/, 'phoenix_live_view'],
];

/** Plugs of an endpoint that a dep brings. */
const plugs: Readonly<Record<string, string>> = {
  'Phoenix.LiveDashboard.RequestLogger': 'phoenix_live_dashboard',
  'Phoenix.Ecto.CheckRepoStatus': 'phoenix_ecto',
  'Phoenix.LiveReloader': 'phoenix_live_reload',
};

/** Apps whose configuration means nothing without their dep. */
const configured = new Set(['esbuild', 'tailwind', 'swoosh', 'phoenix_live_view', 'bandit', 'finch']);

/**
 * What in a project refers to something that is not there: a dep used in config, children or plugs without being one,
 * an alias that calls a task or alias nobody defines, a profile that a task or watcher names and config lacks.
 */
export function inconsistencies(tree: FileTree): string[] {
  const facts = projectFacts(readProject(tree)).map(({ address, value }) => {
    const { text, area, path } = address;
    return { address: text, area, path, value };
  });
  const deps = new Set(facts.filter(({ area }) => area === 'deps').map(({ path }) => path[0] ?? ''));
  const aliases = new Set(
    facts
      .filter(({ area, path }) => area === 'mix' && path[0] === 'aliases')
      .map(({ path }) => path.slice(1).join('.')),
  );
  const profiles = new Set(
    facts.filter(({ area, path }) => area === 'config' && path[0] === 'all').map(({ path }) => `${path[1]} ${path[2]}`),
  );
  const found: string[] = [];
  const need = (dep: string, where: string) => {
    if (!deps.has(dep)) found.push(`${where} needs the dep ${dep}`);
  };
  for (const { area, path, value, address } of facts) {
    if (area === 'config' && configured.has(path[1] ?? '') && path[2] !== 'api_client') need(path[1] ?? '', address);
    if (area === 'config' || area === 'supervision') {
      for (const [pattern, dep] of modulesOfDeps) if (pattern.test(value)) need(dep, address);
    }
    if (area === 'endpoint') {
      const plug = /plug\/([\w.]+)/.exec(path[0] ?? '')?.[1] ?? '';
      const dep = plugs[plug];
      if (dep && !address.includes('order')) need(dep, address);
    }
    if (area === 'mix' && path[0] === 'aliases') {
      for (const [, task = '', profile] of value.matchAll(/"(\S+?)(?: (\w+)[^"]*)?"/g)) {
        if (/^(esbuild|tailwind)$/.test(task)) {
          need(task, address);
          if (!profiles.has(`${task} ${profile}`)) found.push(`${address} names the profile ${profile} of ${task}`);
        }
        if (/^assets\./.test(task) && !aliases.has(task)) found.push(`${address} calls ${task}`);
      }
    }
    const watcher = /\{(Esbuild|Tailwind), :\w+, \[:(\w+)/.exec(value);
    if (watcher && !profiles.has(`${watcher[1]?.toLowerCase()} ${watcher[2]}`))
      found.push(`${address} names the profile ${watcher[2]}`);
  }
  return [...new Set(found)].sort();
}
