/**
 * How the time of a plan grows with one file of the project: `growth`, in a process of its own. Prints a line a shape, and fails
 * where twice the input takes more than 2.3 times the processor time.
 */
import { join } from 'node:path';
import { loadTree } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { readTree } from '../support/pristine.ts';

/** A file that is made longer, or deeper. */
interface Shape {
  readonly name: string;
  readonly path: string;
  /** At which the time of the shape outweighs that of the rest. */
  readonly count: number;
  readonly text: (original: string, count: number) => string;
}

const limit = 2.3;
const config = 'config/config.exs';
const router = 'lib/shop_web/router.ex';
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

const shapes: readonly Shape[] = [
  {
    name: 'config calls',
    path: config,
    count: 2000,
    text: (original, count) => `${original}\n${lines(count, (at) => `config :shop, :own_${at}, size: ${at}`)}\n`,
  },
  {
    name: 'keys of one config call',
    path: config,
    count: 4000,
    text: (original, count) =>
      `${original}\nconfig :shop, :own,\n${lines(count, (at) => `  own_${at}: ${at},`)}\n  last: 1\n`,
  },
  {
    name: 'bindings that config calls use',
    path: config,
    count: 1000,
    text: (original, count) =>
      `${original}\n${lines(count, (at) => `own_${at} = ${at}\nconfig :shop, :own_${at}, size: own_${at}`)}\n`,
  },
  {
    name: 'bindings that use the one before twice',
    path: config,
    count: 400,
    text: (original, count) =>
      `${original}\nown_0 = [a: 1]\n${lines(count, (at) => `own_${at + 1} = [left: own_${at}, right: own_${at}]`)}\nconfig :shop, :own, own_${count}\n`,
  },
  {
    name: 'one name bound anew',
    path: config,
    count: 500,
    text: (original, count) =>
      `${original}\nown = 1\n${lines(count, (at) => `own = own + ${at}`)}\nconfig :shop, :own, own\n`,
  },
  {
    name: 'lists in lists',
    path: config,
    count: 120,
    text: (original, count) => `${original}\nconfig :shop, :own, ${'['.repeat(count)}${']'.repeat(count)}\n`,
  },
  {
    name: 'functions with templates',
    path: 'lib/shop_web/own_components.ex',
    count: 500,
    text: (_, count) =>
      `defmodule ShopWeb.OwnComponents do\n  use ShopWeb, :view\n${lines(count, (at) => `  def own_${at}(assigns), do: ~L"""\n  <p class="<%= @own_${at} %>"><%= link "a", to: Routes.page_path(@socket, :index) %></p>\n  """`)}\nend\n`,
  },
  {
    name: 'routes',
    path: router,
    count: 500,
    text: (original, count) =>
      original.replace(
        /\n {4}get .*/,
        (line) => `${line}\n${lines(count, (at) => `    get "/own/${at}", PageController, :own_${at}`)}`,
      ),
  },
  {
    name: 'elements of a template',
    path: 'lib/shop_web/templates/page/own.html.heex',
    count: 2000,
    text: (_, count) => lines(count, (at) => `<p class={@own_${at}}><%= link "own", to: "/${at}" %></p>`),
  },
  {
    name: 'elements in elements',
    path: 'lib/shop_web/templates/page/own.html.heex',
    count: 1000,
    text: (_, count) => `${'<div><%= if @own do %>'.repeat(count)}${'<% end %></div>'.repeat(count)}\n`,
  },
];

const shop = readTree(join(import.meta.dirname, '../../fixtures/projects/shop'));
const loading = { label: '.', snapshots: new SnapshotStore(), confirmed: {} };
const encoder = new TextEncoder();

/** Milliseconds of processor time for a plan with the shape at that size. Each text is another, so that nothing is remembered. */
function timeOf({ path, text }: Shape, count: number, round: number): number {
  const comment = path.endsWith('.heex') ? `<!-- ${round} -->\n` : `# ${round}\n`;
  const files = new Map(shop.paths.map((one) => [one, { bytes: shop.bytes(one) ?? new Uint8Array() }] as const));
  if (count > 0) files.set(path, { bytes: encoder.encode(comment + text(shop.read(path) ?? '', count)) });
  const before = process.cpuUsage();
  planProject(loadTree('.', memoryTree(files), loading), { to: '1.8.12' });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of some rounds: what else the machine does only adds to it. */
function least(shape: Shape, count: number, from: number): number {
  return Math.min(...[0, 1, 2].map((round) => timeOf(shape, count, from + round)));
}

for (const shape of shapes) {
  timeOf(shape, shape.count, 0);
  const [once, twice] = [least(shape, shape.count, 10), least(shape, 2 * shape.count, 20)];
  const ratio = twice / once;
  const row = [ratio.toFixed(2), `${Math.round(once)} ms`, `${Math.round(twice)} ms`, `${shape.count}`, shape.name];
  process.stdout.write(`${row.join('\t')}\n`);
  if (ratio > limit) process.exitCode = 1;
}
