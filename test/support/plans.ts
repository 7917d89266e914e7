import { createTwoFilesPatch } from 'diff';
import type { StatedVersions } from '../../src/findings/deployment/versions.ts';
import { type Area, areas, type FileEdit, type Plan, type Step, statuses } from '../../src/plan/plan.ts';

/** Plans as typed values, for tests of everything that shows or carries out a plan. */

export const hostile = {
  script: '<script>alert(1)</script>',
  escape: '\x1b]0;owned\x07\x1b[2J',
  bidi: 'user\u202e\u2066gnp.exe\u2069',
  c1: '\u009b31mred',
  invisible: 'a\u200bb\u{e0041}c',
  command: '\n::error::forged%0A',
} as const;

export const everyHostile = Object.values(hostile).join(' ');

/** What no output that a person sees may hold; line feeds and tabs aside. Spelled apart from the code under test. */
export const dangerous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u;

/** The files that the steps of `richPlan` edit, as the project has them. */
export const projectFiles: Readonly<Record<string, string>> = {
  'mix.exs': 'defmodule Shop.MixProject do\n  def project do\n    [app: :shop, elixir: "~> 1.12"]\n  end\nend\n',
  'config/config.exs': 'import Config\r\n\r\nconfig :shop, :greeting, "moin"\r\n',
  'lib/shop/old_name.ex': 'defmodule Shop.Name do\n  def shelf, do: :top\nend\n',
  'lib/shop/unused.ex': 'defmodule Shop.Unused do\nend',
};

export function edit(path: string, kind: FileEdit['kind'], before: string, after: string, from?: string): FileEdit {
  const oldName = kind === 'create' ? '/dev/null' : `a/${from ?? path}`;
  const newName = kind === 'delete' ? '/dev/null' : `b/${path}`;
  const body = createTwoFilesPatch(oldName, newName, before, after).replace(/^=+\n/, '');
  const extended = {
    modify: '',
    create: 'new file mode 100644\n',
    delete: 'deleted file mode 100644\n',
    rename: `similarity index 50%\nrename from ${from}\nrename to ${path}\n`,
  };
  const header = `diff --git a/${from ?? path} b/${path}\n${extended[kind]}`;
  return { path, kind, ...(from === undefined ? {} : { from }), patch: header + body };
}

export function step(part: Partial<Step> & Pick<Step, 'id'>): Step {
  return {
    title: `Title of ${part.id}`,
    why: `The app runs better with ${part.id}.`,
    docs: null,
    since: null,
    area: 'config',
    need: 'recommended',
    backlog: false,
    status: 'pending',
    risk: 'safe',
    after: [],
    changes: [],
    operations: [],
    edits: [],
    conflicts: [],
    commands: [],
    findings: [],
    ...part,
  };
}

const mixBefore = projectFiles['mix.exs'] ?? '';
const mixBetween = mixBefore.replace('1.12', '1.15');
const mixAfter = mixBetween.replace('[app', '[listeners: [Phoenix.CodeReloader], app');
const configBefore = projectFiles['config/config.exs'] ?? '';

const steps: readonly Step[] = [
  step({
    id: 'elixir-requirement',
    title: 'Elixir 1.12 → 1.15 in mix.exs; CI and Dockerfile agree',
    why: 'Phoenix 1.8 does not compile on an older Elixir.',
    docs: 'https://hexdocs.pm/phoenix/1.8.0/changelog.html',
    since: '1.8.0',
    area: 'mix',
    need: 'required',
    edits: [edit('mix.exs', 'modify', mixBefore, mixBetween)],
    commands: ['mix deps.get'],
    changes: [
      {
        address: 'mix/project.elixir',
        verdict: 'pending',
        base: '"~> 1.12"',
        yours: '"~> 1.12"',
        target: '"~> 1.15"',
        at: { path: 'mix.exs', line: 3 },
      },
    ],
  }),
  step({
    id: 'force-ssl-compile-time',
    title: 'force_ssl is set in runtime.exs:31; the release would not boot',
    need: 'required',
    backlog: true,
    findings: [{ path: 'config/runtime.exs', line: 31, message: 'force_ssl is read when the app is compiled' }],
  }),
  step({
    id: 'code-reloader-listener',
    title: 'Reload code that another process compiled',
    area: 'mix',
    after: ['elixir-requirement'],
    edits: [edit('mix.exs', 'modify', mixBetween, mixAfter)],
  }),
  step({
    id: 'endpoint-session',
    title: 'you changed session options: see the three versions',
    area: 'endpoint',
    status: 'conflict',
    risk: 'manual',
    conflicts: [
      {
        path: 'lib/shop_web/endpoint.ex',
        line: 9,
        base: '  key: "_shop_key"\n',
        yours: '  key: "_kaufhaus",\n  max_age: 3600\n',
        target: '  key: "_shop_key",\n  same_site: "Lax"\n',
        take: null,
      },
    ],
  }),
  step({
    id: 'greeting',
    title: `Windows line ends, and ${everyHostile}`,
    why: `Shown, not run: ${everyHostile}`,
    docs: 'javascript:alert(1)',
    edits: [
      edit('config/config.exs', 'modify', configBefore, `${configBefore}config :shop, :x, "${hostile.script}"\r\n`),
    ],
    changes: [
      {
        address: `config/all/shop.${everyHostile}`,
        verdict: 'pending',
        base: null,
        yours: everyHostile,
        target: everyHostile,
        at: { path: `config/${everyHostile}.exs`, line: 1 },
        note: everyHostile,
      },
    ],
    findings: [{ path: `lib/${everyHostile}.ex`, line: 2, message: everyHostile }],
    commands: [`mix run ${everyHostile}`],
  }),
  step({
    id: 'new-file',
    title: 'Release commands in rel/overlays/bin/server',
    area: 'releases',
    risk: 'review',
    edits: [edit('rel/overlays/bin/server', 'create', '', '#!/bin/sh\nexec ./shop start\n')],
  }),
  step({
    id: 'renamed-file',
    area: 'web',
    risk: 'review',
    edits: [
      edit(
        'lib/shop/name.ex',
        'rename',
        projectFiles['lib/shop/old_name.ex'] ?? '',
        'defmodule Shop.Name do\n  def shelf, do: :bottom\nend\n',
        'lib/shop/old_name.ex',
      ),
    ],
  }),
  step({
    id: 'dropped-file',
    area: 'web',
    edits: [edit('lib/shop/unused.ex', 'delete', projectFiles['lib/shop/unused.ex'] ?? '', '')],
  }),
  step({ id: 'core-components', area: 'web', status: 'needs-source', commands: ['phx-upgrade plan --source mix'] }),
  step({ id: 'own-mailer', area: 'deps', status: 'manual', risk: 'manual' }),
  step({ id: 'formatter-inputs', area: 'tooling', need: 'cosmetic' }),
  step({ id: 'telemetry', area: 'supervision', backlog: true }),
  step({ id: 'jason', area: 'deps', status: 'done' }),
  step({ id: 'swoosh', area: 'deps', status: 'declined' }),
];

const places = [
  { software: 'elixir', version: '1.12.3', path: '.tool-versions', line: 1, range: false },
  { software: 'elixir', version: '1.14.5', path: 'Dockerfile', line: 4, range: false },
  { software: 'elixir', version: everyHostile, path: everyHostile, line: 2, range: true },
] as const;

export const matrix: readonly StatedVersions[] = [
  { software: 'elixir', places, disagreements: [[places[0], places[1]]] },
  { software: 'otp', places: [], disagreements: [] },
  {
    software: 'node',
    places: [{ software: 'node', version: '18', path: '.nvmrc', line: 1, range: false }],
    disagreements: [],
  },
];

/** Every status, need and kind of edit, a conflict, and text that wants to be more than text. */
export const richPlan: Plan = {
  project: {
    root: '.',
    app: 'shop',
    module: 'Shop',
    webModule: 'ShopWeb',
    umbrella: false,
    phoenix: { requirement: '~> 1.6.0', locked: '1.6.16' },
    generatedBy: { version: '1.5.9', confidence: 0.97, evidence: ['412 of 425 facts agree with 1.5.9'] },
    flags: [{ flag: '--binary-id', evidence: 'config/config.exs:12' }],
    elixir: '~> 1.12',
  },
  from: '1.6.16',
  to: '1.8.12',
  source: { from: 'pack', to: 'snapshots' },
  blocked: [
    {
      package: 'pow',
      locked: '1.0.20',
      cause: 'package',
      requires: [{ name: 'phoenix', requirement: '>= 1.3.0 and < 1.7.0', optional: false }],
      liftedBy: null,
      at: { path: 'mix.exs', line: 42 },
      listed: '~> 1.0',
    },
  ],
  reachable: '1.6.16',
  agreement: { facts: 301, files: 12 },
  account: {
    hunks: 118,
    covered: 110,
    leftOut: [
      { path: 'README.md', hunks: 4, reason: 'comment-only' },
      { path: 'priv/static/favicon.ico', hunks: 2, reason: 'binary' },
      { path: 'config/dev.exs', hunks: 2, reason: 'comment-only' },
    ],
  },
  matrix,
  steps,
  findings: [
    { path: 'Dockerfile', line: 1, message: 'Alpine runs the release: DNS and NIFs can misbehave.' },
    { path: `docs/${everyHostile}.md`, line: 7, message: everyHostile },
  ],
  commands: ['mix deps.get', 'mix test'],
};

/** A project that is where it should be. */
export const settledPlan: Plan = {
  ...richPlan,
  from: '1.8.12',
  account: { hunks: 0, covered: 0, leftOut: [] },
  blocked: [],
  reachable: '1.8.12',
  agreement: { facts: 412, files: 37 },
  matrix: [],
  steps: steps.filter(({ status }) => status === 'done'),
  findings: [],
};

/** A plan with `size` steps over all areas and statuses, each with a patch. */
export function largePlan(size: number): Plan {
  const many = Array.from({ length: size }, (_, index) => {
    const before = `line ${index}\nsame\n`;
    return step({
      id: `step-${index}`,
      area: areas[index % areas.length] as Area,
      status: statuses[index % statuses.length] ?? 'pending',
      need: index % 5 === 0 ? 'required' : 'recommended',
      edits: [edit(`lib/shop/file_${index}.ex`, 'modify', before, `row ${index}\nsame\n`)],
    });
  });
  return { ...richPlan, steps: many };
}

export const plans: Readonly<Record<string, Plan>> = {
  rich: richPlan,
  settled: settledPlan,
  empty: { ...settledPlan, steps: [], commands: [] },
  large: largePlan(2000),
};
