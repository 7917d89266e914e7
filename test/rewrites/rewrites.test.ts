import { describe, expect, test } from 'vitest';
import type { RewriteTask } from '../../src/rewrites/operation.ts';
import { performRewrite, rewriteResult } from '../../src/rewrites/perform.ts';
import { isLeft } from '../../src/rewrites/place.ts';

const code = 'lib/ferry_web/piers.ex';
const markup = 'lib/ferry_web/live/pier_live.html.heex';

/** The text after a task, which a second time changes nothing. */
function rewritten(task: RewriteTask, text: string, path = code): string {
  const perform = (before: string) => performRewrite({ path, text: before, read: () => undefined }, task).text;
  const once = perform(text);
  expect(perform(once)).toBe(once);
  return once;
}

/** The reasons for what stays as it is. */
function reasons(task: RewriteTask, text: string, path = code): string[] {
  const { places } = rewriteResult({ path, text, read: () => undefined }, task);
  return places.filter(isLeft).map(({ reason }) => reason);
}

const inModule = (body: string) => `defmodule FerryWeb.Piers do\n${body}\nend\n`;

describe('the flash', () => {
  const task = { name: 'flash' } as const;

  test.each([
    ['get_flash(conn, :info)', 'Phoenix.Flash.get(conn.assigns.flash, :info)'],
    ['get_flash(conn)', 'conn.assigns.flash'],
    ['Phoenix.Controller.get_flash(@conn, "info")', 'Phoenix.Flash.get(@conn.assigns.flash, "info")'],
    ['conn |> get_flash(:error) |> to_string()', 'conn.assigns.flash |> Phoenix.Flash.get(:error) |> to_string()'],
    ['get_flash(get(conn, "/"), :error)', 'Phoenix.Flash.get(get(conn, "/").assigns.flash, :error)'],
    ['conn |> get("/") |> get_flash(:error)', 'conn |> get("/") |> then(&Phoenix.Flash.get(&1.assigns.flash, :error))'],
    [
      'say(get_flash(conn, key(get_flash(conn, :which))))',
      'say(Phoenix.Flash.get(conn.assigns.flash, key(Phoenix.Flash.get(conn.assigns.flash, :which))))',
    ],
  ])('%s', (before, after) => {
    expect(rewritten(task, inModule(`  def last(conn), do: ${before}`))).toBe(
      inModule(`  def last(conn), do: ${after}`),
    );
  });

  test('a function of that name in the module itself is no framework’s', () => {
    const own = inModule('  def get_flash(conn, key), do: conn[key]\n  def last(conn), do: get_flash(conn, :info)');
    expect(rewritten(task, own)).toBe(own);
  });

  test('in templates, in an attribute as well', () => {
    expect(rewritten(task, '<p class={get_flash(@conn, :tone)}><%= get_flash(@conn, :info) %></p>\n', markup)).toBe(
      '<p class={Phoenix.Flash.get(@conn.assigns.flash, :tone)}><%= Phoenix.Flash.get(@conn.assigns.flash, :info) %></p>\n',
    );
  });
});

describe('layouts of LiveViews', () => {
  const task = { name: 'layout-names' } as const;

  test.each([
    [
      'use Phoenix.LiveView, layout: {FerryWeb.LayoutView, "live.html"}',
      'use Phoenix.LiveView, layout: {FerryWeb.LayoutView, :live}',
    ],
    [
      'def mount(_, _, s), do: {:ok, s, layout: {LayoutView, "bare-page.html"}}',
      'def mount(_, _, s), do: {:ok, s, layout: {LayoutView, :"bare-page"}}',
    ],
    [
      'live_session :staff, layout: {LayoutView, "staff.html"} do\nend',
      'live_session :staff, layout: {LayoutView, :staff} do\nend',
    ],
  ])('%s', (before, after) => {
    expect(rewritten(task, inModule(before))).toBe(inModule(after));
  });

  test('what a controller puts has its own names', () => {
    const own = inModule(
      '  plug :put_root_layout, {LayoutView, "root.html"}\n  def a(conn), do: render(conn, layout: {LayoutView, "a.html"})',
    );
    expect(rewritten(task, own)).toBe(own);
  });
});

describe('use Phoenix.HTML', () => {
  const task = { name: 'html-helpers' } as const;

  test('a quote gets all that it brought', () => {
    expect(rewritten(task, inModule('  def view do\n    quote do\n      use Phoenix.HTML\n    end\n  end'))).toBe(
      inModule(
        '  def view do\n    quote do\n      import Phoenix.HTML\n      import Phoenix.HTML.Form\n      use PhoenixHTMLHelpers\n    end\n  end',
      ),
    );
  });

  test('a module gets what it uses', () => {
    expect(rewritten(task, inModule('  use Phoenix.HTML\n\n  def tag, do: content_tag(:b, raw("x"))'))).toBe(
      inModule('  import Phoenix.HTML\n  use PhoenixHTMLHelpers\n\n  def tag, do: content_tag(:b, raw("x"))'),
    );
  });

  test('a module of helpers by its name', () => {
    expect(rewritten(task, inModule('  import Phoenix.HTML.Link\n  def a, do: Phoenix.HTML.Tag.tag(:br)'))).toBe(
      inModule('  import PhoenixHTMLHelpers.Link\n  def a, do: PhoenixHTMLHelpers.Tag.tag(:br)'),
    );
    expect(reasons(task, inModule('  import Phoenix.HTML.{Link, Tag}'))).toEqual([
      'write the modules of this group one by one',
    ]);
  });
});

describe('Gettext', () => {
  const task = { name: 'gettext', backends: ['FerryWeb.Gettext'] } as const;

  test.each([
    ['use Gettext, otp_app: :ferry', 'use Gettext.Backend, otp_app: :ferry'],
    ['import FerryWeb.Gettext', 'use Gettext, backend: FerryWeb.Gettext'],
    ['import FerryWeb.Gettext, only: [ngettext: 3]', 'use Gettext, backend: FerryWeb.Gettext'],
    [
      'require FerryWeb.Gettext\n  def hour(n), do: FerryWeb.Gettext.ngettext("one", "%{count}", n)',
      'use Gettext, backend: FerryWeb.Gettext\n  def hour(n), do: ngettext("one", "%{count}", n)',
    ],
    [
      'require FerryWeb.Gettext, as: Words\n  def hour, do: Words.gettext("hour")',
      'use Gettext, backend: FerryWeb.Gettext\n  def hour, do: gettext("hour")',
    ],
    [
      'alias FerryWeb.Gettext, as: Words\n  require Words\n  def hour, do: Words.gettext("hour")',
      'alias FerryWeb.Gettext, as: Words\n  use Gettext, backend: Words\n  def hour, do: gettext("hour")',
    ],
    [
      'def use(l), do: Gettext.put_locale(FerryWeb.Gettext, l)',
      'def use(l), do: Gettext.put_locale(FerryWeb.Gettext, l)',
    ],
  ])('%s', (before, after) => {
    expect(rewritten(task, inModule(`  ${before}`))).toBe(inModule(`  ${after}`));
  });
});

describe('navigation', () => {
  const task = { name: 'navigation' } as const;

  test.each([
    ['push_redirect(socket, to: "/x")', 'push_navigate(socket, to: "/x")'],
    ['socket |> push_redirect(to: x, replace: true)', 'socket |> push_navigate(to: x, replace: true)'],
    ['Phoenix.LiveView.push_redirect(socket, to: x)', 'Phoenix.LiveView.push_navigate(socket, to: x)'],
    ['live_flash(x, :info)', 'Phoenix.Flash.get(x, :info)'],
  ])('%s', (before, after) => {
    expect(rewritten(task, inModule(`  def a(socket, x), do: ${before}`))).toBe(
      inModule(`  def a(socket, x), do: ${after}`),
    );
  });

  test('what is imported by its name stays', () => {
    const text = inModule(
      '  import Phoenix.LiveView, only: [push_redirect: 2]\n  def a(s), do: push_redirect(s, to: "/")',
    );
    expect(reasons(task, text)).toEqual(['it is imported by its name']);
  });
});

describe('live components', () => {
  const task = { name: 'live-components' } as const;

  test.each([
    ['<%= live_component FerryWeb.Rope, id: "bow" %>', '<.live_component module={FerryWeb.Rope} id="bow" />'],
    [
      '<%= live_component(@socket, Rope, id: @id, long: true) %>',
      '<.live_component module={Rope} id={@id} long={true} />',
    ],
    ['<%= live_file_input @uploads.map, class: "file" %>', '<.live_file_input upload={@uploads.map} class="file" />'],
    ['<%= live_img_preview entry, width: 75 %>', '<.live_img_preview entry={entry} width={75} />'],
  ])('%s', (before, after) => {
    expect(rewritten(task, `<div>\n  ${before}\n</div>\n`, markup)).toBe(`<div>\n  ${after}\n</div>\n`);
  });

  test('what is left says why', () => {
    expect(reasons(task, '<%= live_component Rope, @options %>', markup)).toEqual(['its options are not written out']);
    expect(reasons(task, '<%= live_component Rope, id: 1 do %>x<% end %>', markup)).toHaveLength(1);
    expect(reasons(task, '<%= live_component Rope, id: 1 %>', 'lib/a.html.leex')).toHaveLength(1);
  });
});

describe('let', () => {
  const task = { name: 'let' } as const;

  test.each([
    ['<.form let={f} for={@rope}>x</.form>', '<.form :let={f} for={@rope}>x</.form>'],
    ['<Ropes.list let={rope} />', '<Ropes.list :let={rope} />'],
    ['<.a><:col let={rope}>x</:col></.a>', '<.a><:col :let={rope}>x</:col></.a>'],
  ])('%s', (before, after) => {
    expect(rewritten(task, before, markup)).toBe(after);
  });

  test('an element, and a template of EEx, keep it', () => {
    expect(reasons(task, '<div let={a}></div>', markup)).toHaveLength(1);
    expect(reasons(task, '<.form let={f}></.form>', 'lib/a.html.eex')).toHaveLength(1);
  });
});

describe('the environment in configuration', () => {
  const task = { name: 'config-env' } as const;
  const config = 'config/runtime.exs';

  test.each([
    ['if Mix.env() == :prod do\n  config :ferry, a: 1\nend', 'if config_env() == :prod do\n  config :ferry, a: 1\nend'],
    ['config :ferry, strict: Mix.env in [:prod, :test]', 'config :ferry, strict: config_env() in [:prod, :test]'],
    [
      'config :ferry, target: Mix.target(), pem: "#{Mix.env()}.pem"',
      'config :ferry, target: config_target(), pem: "#{config_env()}.pem"',
    ],
  ])('%s', (before, after) => {
    expect(rewritten(task, `import Config\n\n${before}\n`, config)).toBe(`import Config\n\n${after}\n`);
  });

  test('a file without import Config has no such macro', () => {
    expect(rewritten(task, 'use Mix.Config\nconfig :ferry, env: Mix.env()\n', config)).toContain('Mix.env()');
  });
});

test('Logger.warn is called, and handed on, under the name of its level', () => {
  const before = '  def fall(a), do: Logger.warn("a" <> a, b: 1)\n  def all(list), do: Enum.each(list, &Logger.warn/1)';
  const after =
    '  def fall(a), do: Logger.warning("a" <> a, b: 1)\n  def all(list), do: Enum.each(list, &Logger.warning/1)';
  expect(rewritten({ name: 'logger' }, inModule(before))).toBe(inModule(after));
});

describe('imports of components', () => {
  const task = { name: 'component-imports' } as const;
  const quoting = (...lines: string[]) =>
    inModule(`  def view do\n    quote do\n${lines.map((line) => `      ${line}`).join('\n')}\n    end\n  end`);

  test('stand beside those of the old helpers', () => {
    expect(rewritten(task, quoting('use Phoenix.HTML', 'import Phoenix.LiveView.Helpers'))).toBe(
      quoting('use Phoenix.HTML', 'import Phoenix.Component', 'import Phoenix.LiveView.Helpers'),
    );
  });

  test('not where names would clash, or only some are imported', () => {
    expect(reasons(task, quoting('import Plug.Conn', 'import Phoenix.LiveView.Helpers'))).toEqual([
      'Plug.Conn is imported as well and has an assign of its own',
    ]);
    expect(reasons(task, inModule('  import Phoenix.LiveView.Helpers, only: [live_flash: 2]'))).toEqual([
      'it imports some names only: import those of Phoenix.Component by name',
    ]);
  });
});
