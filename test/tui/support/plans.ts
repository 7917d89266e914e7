import type { Conflict, Plan } from '../../../src/plan/plan.ts';
import { edit, richPlan, step } from '../../support/plans.ts';

const routes = 'defmodule AtelierWeb.Router do\n  get "/looms", LoomController, :index\nend\n';

function region(line: number, yours: string, target: string): Conflict {
  const path = 'lib/atelier_web/router.ex';
  const take = [{ kind: 'replace-file', path, text: target } as const];
  return { path, line, base: `  # region at ${line}\n`, yours, target, take };
}

/** A plan with clean texts: links between steps, a conflict of two regions, a Dockerfile, a step without text. */
export const atelierPlan: Plan = {
  ...richPlan,
  project: { ...richPlan.project, app: 'atelier', module: 'Atelier', webModule: 'AtelierWeb' },
  findings: [],
  steps: [
    step({
      id: 'elixir',
      title: 'Raise the Elixir requirement',
      why: 'Phoenix 1.8 does not compile on Elixir 1.14.',
      docs: 'https://hexdocs.pm/phoenix/changelog.html',
      area: 'mix',
      need: 'required',
      since: '1.8.0',
      edits: [
        edit('mix.exs', 'modify', '[app: :atelier, elixir: "~> 1.14"]\n', '[app: :atelier, elixir: "~> 1.15"]\n'),
      ],
      commands: ['mix deps.get'],
    }),
    step({
      id: 'listener',
      title: 'Listen to the code reloader',
      why: 'Code that an editor compiles is loaded into the running server.',
      area: 'mix',
      after: ['elixir'],
      edits: [edit('mix.exs', 'modify', '[app: :atelier]\n', '[app: :atelier, listeners: [Loom]]\n')],
    }),
    step({
      id: 'routes',
      title: 'Routes of the looms',
      why: 'You and the generator both changed these lines.',
      area: 'web',
      status: 'conflict',
      risk: 'manual',
      conflicts: [
        region(4, '  get "/looms", LoomController, :mine\n', '  get "/looms", LoomController, :theirs\n'),
        region(9, '  live "/wool", MineLive\n', '  live "/wool", TheirsLive\n'),
      ],
    }),
    step({
      id: 'socket',
      title: 'Serve the socket',
      why: 'The socket has a controller of its own now.',
      area: 'endpoint',
      edits: [
        edit('lib/atelier_web/router.ex', 'modify', routes, routes.replace('LoomController', 'Looms.Controller')),
      ],
    }),
    step({
      id: 'image',
      title: 'A newer base image',
      why: 'The image of Elixir 1.14 gets no more fixes.',
      area: 'docker',
      risk: 'review',
      edits: [edit('Dockerfile', 'modify', 'FROM elixir:1.14 AS build\n', 'FROM elixir:1.18 AS build\n')],
    }),
    step({ id: 'logger', title: 'Format of the log', area: 'config', after: ['colours'] }),
    step({ id: 'colours', title: 'Colours of the log', area: 'config', status: 'manual', risk: 'manual' }),
    step({ id: 'spelling', title: 'A comment is worded better', area: 'docs', need: 'cosmetic' }),
    step({ id: 'gettext', title: 'Gettext as a backend', area: 'deps', status: 'done' }),
  ],
};

/** A plan that leads with one step whose patch has so many lines. */
export function longPlan(lines: number): Plan {
  const code = (sign: string, word: string) => {
    return Array.from(
      { length: lines / 2 },
      (_, index) => `${sign}  def thread_${index}(loom), do: ${word}(loom, ${index})\n`,
    );
  };
  const path = 'lib/atelier/threads.ex';
  const head = `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,${lines / 2} +1,${lines / 2} @@\n`;
  const patch = [head, ...code('-', 'weave'), ...code('+', 'knit')].join('');
  const edits = [{ path, kind: 'modify', patch } as const];
  const long = step({ id: 'long', title: 'A long patch', area: 'web', need: 'required', edits });
  return { ...atelierPlan, steps: [long, ...atelierPlan.steps] };
}
