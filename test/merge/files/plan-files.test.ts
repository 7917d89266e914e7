import { describe, expect, it } from 'vitest';
import { plan, umbrellaNames } from './project.ts';

const telemetry = (period: number) =>
  `defmodule ShopWeb.Telemetry do\n  def period, do: ${period}\n\n  def name, do: :telemetry\n\n  def kind, do: :poller\nend\n`;
const path = 'lib/shop_web/telemetry.ex';
const generated = {
  '1.5.0': { [path]: telemetry(1) },
  '1.6.0': { [path]: telemetry(2) },
  '1.7.0': { [path]: telemetry(3) },
};
const span = { from: '1.6.0', to: '1.7.0' };

describe('an untouched file', () => {
  it('is taken whole, whichever version wrote it', async () => {
    const planned = await plan({ ...span, generated, yours: { [path]: telemetry(1) } });
    expect(planned.outcome(path)).toMatchObject({ status: 'pending', touched: false, risk: 'safe' });
    expect(planned.after()).toEqual({ [path]: telemetry(3) });
  });

  it('is done when it is the target’s', async () => {
    const planned = await plan({ ...span, generated, yours: { [path]: telemetry(3) } });
    expect(planned.outcome(path)).toMatchObject({ status: 'done', operations: [] });
  });

  it('keeps its line ends', async () => {
    const planned = await plan({ ...span, generated, yours: { [path]: telemetry(2).replaceAll('\n', '\r\n') } });
    expect(planned.after()).toEqual({ [path]: telemetry(3).replaceAll('\n', '\r\n') });
  });

  it('is followed to where the user keeps it, by its module', async () => {
    const yours = { 'lib/shop_web/metrics/telemetry.ex': telemetry(2) };
    const planned = await plan({ ...span, generated, yours });
    expect(planned.after()).toEqual({ 'lib/shop_web/metrics/telemetry.ex': telemetry(3) });
  });

  it.each(['lib/shop/web/telemetry.ex', 'web/telemetry.ex'])('is found at %s, in an older layout', async (place) => {
    const planned = await plan({ ...span, generated, yours: { [place]: telemetry(2) } });
    expect(planned.after()).toEqual({ [place]: telemetry(3) });
  });

  it('is found in an umbrella app of another name', async () => {
    const inApp = (period: number) => ({ [`apps/shop_web/${path}`]: telemetry(period) });
    const planned = await plan({
      ...span,
      generated: { '1.6.0': inApp(2), '1.7.0': inApp(3) },
      yours: { [`apps/front/${path}`]: telemetry(2) },
      names: umbrellaNames,
      directories: { core: 'apps/back', web: 'apps/front' },
    });
    expect(planned.after()).toEqual({ [`apps/front/${path}`]: telemetry(3) });
  });
});

describe('a touched file', () => {
  const touched = telemetry(2).replace(':poller', ':gauge');

  it('gets what the generator changed', async () => {
    const planned = await plan({ ...span, generated, yours: { [path]: touched } });
    expect(planned.outcome(path)).toMatchObject({ status: 'pending', touched: true, risk: 'review' });
    expect(planned.after()).toEqual({ [path]: telemetry(3).replace(':poller', ':gauge') });
  });

  it('is merged from the nearest version between the two', async () => {
    const yours = { [path]: telemetry(2).replace(':poller', ':gauge') };
    const planned = await plan({ generated, yours, from: '1.5.0', to: '1.7.0' });
    expect(planned.outcome(path).note).toContain('1.6.0');
    expect(planned.after()).toEqual({ [path]: telemetry(3).replace(':poller', ':gauge') });
  });

  it('is a conflict where both changed a line, and the target can be taken for it', async () => {
    const yours = telemetry(2).replace('period, do: 2', 'period, do: 60').replace(':poller', ':gauge');
    const planned = await plan({ ...span, generated, yours: { [path]: yours } });
    const { status, conflicts } = planned.outcome(path);
    expect(status).toBe('conflict');
    expect(conflicts).toMatchObject([
      {
        path,
        line: 2,
        base: '  def period, do: 2\n',
        yours: '  def period, do: 60\n',
        target: '  def period, do: 3\n',
      },
    ]);
    expect(planned.after()).toEqual({ [path]: yours });
    expect(conflicts[0]?.take).toMatchObject([{ kind: 'merge-file', path }]);
  });

  it('gets neither comments nor uncalled functions alone where the rest of the change is a conflict', async () => {
    const helper = (text: string) =>
      text.replace(/end\n$/, '\n  # Told apart by kind.\n  def poll(kind), do: kind\nend\n');
    const target = helper(telemetry(3).replace('do: 3', 'do: poll(3)'));
    const yours = telemetry(2).replace('do: 2', 'do: 60');
    const planned = await plan({
      ...span,
      generated: { ...generated, '1.7.0': { [path]: target } },
      yours: { [path]: yours },
    });
    expect(planned.outcome(path)).toMatchObject({ status: 'conflict', operations: [] });
  });

  it('is no conflict where the user’s line is what another version wrote', async () => {
    const inBetween = telemetry(2).replace(':telemetry', ':metrics').replace(':poller', ':gauge');
    const target = telemetry(3).replace(/end\n$/, '\n  def unit, do: :second\n\n  def scale, do: 1\nend\n');
    const generated = {
      '1.5.0': { [path]: telemetry(1) },
      '1.6.0': { [path]: inBetween },
      '1.7.0': { [path]: target },
    };
    const planned = await plan({
      from: '1.5.0',
      to: '1.7.0',

      generated,
      yours: { [path]: telemetry(2) },
    });
    expect(planned.outcome(path)).toMatchObject({ status: 'pending', conflicts: [] });
    expect(planned.after()).toEqual({ [path]: target });
  });

  it('gets no blank lines alone', async () => {
    const spaced = telemetry(2).replace('  def period', '\n  def period');
    const yours = telemetry(2).replace(':poller', ':gauge');
    const planned = await plan({
      ...span,
      generated: { ...generated, '1.7.0': { [path]: spaced } },
      yours: { [path]: yours },
    });
    expect(planned.outcome(path)).toMatchObject({ status: 'done', operations: [] });
  });

  it('is done where the user was first', async () => {
    const yours = { [path]: telemetry(3).replace(':poller', ':gauge') };
    const planned = await plan({ ...span, generated, yours });
    expect(planned.outcome(path)).toMatchObject({ status: 'done', operations: [], touched: true });
  });
});

describe('a file that the user took out', () => {
  it('is declined, and its hunks with it', async () => {
    const planned = await plan({ ...span, generated, yours: { 'lib/shop.ex': 'defmodule Shop do\nend\n' } });
    expect(planned.outcome(path)).toMatchObject({ status: 'declined', operations: [], fates: ['declined'] });
  });

  it('is new for a project of before it', async () => {
    const old = { ...generated, '1.5.0': {} };
    const planned = await plan({ ...span, generated: old, origin: '1.5.0', yours: {} });
    expect(planned.after()).toEqual({ [path]: telemetry(3) });
  });
});

const page = [
  '<h1>Shop</h1>',
  '<p>Candles of all colours</p>',
  '<p>Soap</p>',
  '<p>Lamps</p>',
  '<p>Wicks</p>',
  '<p>Wax</p>',
  '',
]
  .join('\n')
  .concat('<footer>Opening hours</footer>\n');

describe('a renamed file', () => {
  const [old, next] = [
    'lib/shop_web/templates/page/index.html.heex',
    'lib/shop_web/controllers/page_html/home.html.heex',
  ];
  const moves = { '1.6.0': { [old]: page }, '1.7.0': { [next]: page.replace('Soap', 'Soaps') } };

  it('moves along, with its new text', async () => {
    const planned = await plan({ ...span, generated: moves, yours: { [old]: page } });
    expect(planned.after()).toEqual({ [next]: page.replace('Soap', 'Soaps') });
  });

  it('moves along with what the user wrote', async () => {
    const planned = await plan({ ...span, generated: moves, yours: { [old]: page.replace('Wax', 'Beeswax') } });
    expect(planned.after()).toEqual({ [next]: page.replace('Soap', 'Soaps').replace('Wax', 'Beeswax') });
  });

  it('is merged where the user moved it already', async () => {
    const planned = await plan({ ...span, generated: moves, yours: { [next]: page.replace('Wax', 'Beeswax') } });
    expect(planned.after()).toEqual({ [next]: page.replace('Soap', 'Soaps').replace('Wax', 'Beeswax') });
  });

  it('stays where the user keeps it', async () => {
    const own = 'lib/shop_web/pages/front.html.heex';
    const planned = await plan({ ...span, generated: moves, yours: { [own]: page.replace('Wax', 'Beeswax') } });
    expect(planned.after()).toEqual({ [own]: page.replace('Soap', 'Soaps').replace('Wax', 'Beeswax') });
  });

  it('is dropped at its old place where the project has both', async () => {
    const planned = await plan({ ...span, generated: moves, yours: { [old]: page, [next]: page } });
    expect(planned.after()).toEqual({ [next]: page.replace('Soap', 'Soaps') });
  });
});

describe('a file that the generator dropped', () => {
  const view = 'lib/shop_web/views/error_helpers.ex';
  const text = 'defmodule ShopWeb.ErrorHelpers do\n  def tag, do: :p\nend\n';
  const dropped = { '1.6.0': { [view]: text }, '1.7.0': {} };

  it('goes when nobody touched it', async () => {
    expect((await plan({ ...span, generated: dropped, yours: { [view]: text } })).after()).toEqual({});
  });

  it('stays when the user changed it, and a person is told', async () => {
    const yours = { [view]: text.replace(':p', ':span') };
    const planned = await plan({ ...span, generated: dropped, yours });
    expect(planned.outcome(view)).toMatchObject({ status: 'manual', operations: [], touched: true });
  });

  it('stays while the user’s code names its module', async () => {
    const form = { 'lib/shop_web/form.ex': 'defmodule ShopWeb.Form do\n  import ShopWeb.ErrorHelpers\nend\n' };
    const planned = await plan({ ...span, generated: dropped, yours: { [view]: text, ...form } });
    expect(planned.outcome(view)).toMatchObject({ status: 'manual', note: 'stays: lib/shop_web/form.ex uses it' });
  });

  it('stays while a script imports it', async () => {
    const files = { 'assets/js/socket.js': 'export default {}\n' };
    const planned = await plan({
      ...span,
      generated: { '1.6.0': files, '1.7.0': {} },
      yours: { ...files, 'assets/js/app.js': 'import socket from "./socket"\n' },
    });
    expect(planned.outcome('assets/js/socket.js').note).toBe('stays: assets/js/app.js uses it');
  });

  it('makes room for the same template of another engine, though its view stays', async () => {
    const [old, now] = ['lib/shop_web/templates/cart/show.html.eex', 'lib/shop_web/templates/cart/show.html.heex'];
    const cart = { 'lib/shop_web/views/cart_view.ex': 'defmodule ShopWeb.CartView do\n  use ShopWeb, :view\nend\n' };
    const empty = '<p>Nothing in the cart yet</p>\n';
    const generated = { '1.6.0': { ...cart, [old]: '<h1>Cart</h1>\n' }, '1.7.0': { ...cart, [now]: empty } };
    const planned = await plan({ ...span, generated, yours: { ...cart, [old]: '<h1>Cart</h1>\n' } });
    expect(planned.after()).toEqual({ ...cart, [now]: empty });
    const waiting = await plan({ ...span, generated, yours: generated['1.6.0'], hashesOnly: true });
    expect(waiting.outcome(old).status).toBe('needs-source');
    expect(waiting.after()).toEqual(generated['1.6.0']);
    const dropped = await plan({ ...span, generated: { ...generated, '1.7.0': cart }, yours: generated['1.6.0'] });
    expect(dropped.outcome(old).note).toBe('stays: lib/shop_web/views/cart_view.ex uses it');
  });
});

describe('a section that the generator dropped', () => {
  const web = (sections: readonly string[]) => {
    const texts = sections.map(
      (name) =>
        `  def ${name} do\n    quote do\n      ${name === 'view' ? 'unquote(helpers())' : ':ok'}\n    end\n  end\n`,
    );
    return `defmodule ShopWeb do\n${texts.join('\n')}end\n`;
  };
  const file = 'lib/shop_web.ex';
  const versions = { '1.6.0': { [file]: web(['view', 'helpers']) }, '1.7.0': { [file]: web(['html']) } };
  const own = { 'lib/shop_web/views/cart_view.ex': 'defmodule ShopWeb.CartView do\n  use ShopWeb, :view\nend\n' };

  it('stays, with what it calls, while other files take it', async () => {
    const planned = await plan({ ...span, generated: versions, yours: { ...versions['1.6.0'], ...own } });
    expect(planned.outcome(file).note).toBe('keeps view, helpers: lib/shop_web/views/cart_view.ex uses it');
    expect(planned.after()[file]).toContain('def view do');
    expect(planned.after()[file]).toContain('def helpers do');
    expect(planned.after()[file]).toContain('def html do');
  });

  it('stays whole when a conflict of the file is settled with the target’s text', async () => {
    const titled = (sections: readonly string[], title: string) =>
      web(sections).replace(/end\n$/, `\n  def title, do: ${title}\nend\n`);
    const generated = {
      '1.6.0': { [file]: titled(['view', 'helpers'], ':old') },
      '1.7.0': { [file]: titled(['html'], ':newer') },
    };
    const mine = titled(['view', 'helpers'], ':mine').replace(
      'unquote(helpers())',
      'unquote(helpers())\n      import ShopWeb.Money',
    );
    const planned = await plan({ ...span, generated, yours: { [file]: mine, ...own } });
    const { conflicts } = planned.outcome(file);
    expect(conflicts.map(({ yours }) => yours).join()).not.toContain('Money');
    const taken = planned.after(conflicts.flatMap(({ take }) => take ?? []))[file];
    expect(taken).toContain('import ShopWeb.Money');
    expect(taken).toContain('def helpers do');
    expect(taken).toContain(':newer');
    expect(taken).not.toContain(':mine');
  });

  it('leaves room for one that says in part what it says', async () => {
    const section = (name: string, more = '') =>
      `  def ${name} do\n    quote do\n      # Everything that a page is written with\n      import ShopWeb.Pages\n${more}    end\n  end\n`;
    const module = (...sections: readonly string[]) => `defmodule ShopWeb do\n${sections.join('\n')}end\n`;
    const generated = {
      '1.6.0': { [file]: module(section('view')) },
      '1.7.0': { [file]: module(section('html'), '  def routes, do: :verified\n') },
    };
    const mine = module(section('view', '      import ShopWeb.Money\n'));
    const planned = await plan({ ...span, generated, yours: { [file]: mine, ...own } });
    expect(planned.outcome(file).conflicts).toEqual([]);
    const after = planned.after()[file];
    for (const line of ['def view do', 'import ShopWeb.Money', 'def html do', 'def routes'])
      expect(after).toContain(line);
  });

  it('hands what a team added to it on to the one that takes its place', async () => {
    const quote = (kind: string, name: string, ...lines: readonly string[]) =>
      `  ${kind} ${name} do\n    quote do\n${lines.map((line) => `      ${line}\n`).join('')}    end\n  end\n`;
    const dispatch = '  defmacro __using__(which), do: apply(__MODULE__, which, [])\n';
    const module = (...parts: readonly string[]) => `defmodule ShopWeb do\n${[...parts, dispatch].join('\n')}end\n`;
    const view = quote('def', 'view', 'use Phoenix.View', 'unquote(parts())');
    const page = (taken: string) => quote('def', 'page', `unquote(${taken}())`);
    const generated = {
      '1.6.0': { [file]: module(view, page('parts'), quote('defp', 'parts', 'import ShopWeb.Old')) },
      '1.7.0': { [file]: module(page('pieces'), quote('defp', 'pieces', 'import ShopWeb.New', 'alias Shop.JS')) },
    };
    const mine = module(
      view,
      page('parts'),
      quote('defp', 'parts', 'import ShopWeb.Old', 'import ShopWeb.Money, only: [euro: 1]'),
    );
    const planned = await plan({ ...span, generated, yours: { [file]: mine, ...own } });
    const after = planned.after()[file];
    expect(after).toContain('import ShopWeb.New\n      import ShopWeb.Money, only: [euro: 1]\n      alias Shop.JS');
    expect(after).toContain('import ShopWeb.Old\n      import ShopWeb.Money, only: [euro: 1]\n');
  });

  it('goes when nobody takes it', async () => {
    const planned = await plan({ ...span, generated: versions, yours: versions['1.6.0'] });
    expect(planned.after()).toEqual(versions['1.7.0']);
  });
});

describe('a binary file', () => {
  const icon = 'priv/static/sounds/bell.wav';
  const icons = { '1.6.0': { [icon]: '\0one' }, '1.7.0': { [icon]: '\0two' } };

  it('is replaced when it is the generator’s', async () => {
    expect((await plan({ ...span, generated: icons, yours: { [icon]: '\0one' } })).after()).toEqual({
      [icon]: '\0two',
    });
  });

  it('is the user’s own otherwise, and left out of the account as binary', async () => {
    const planned = await plan({ ...span, generated: icons, yours: { [icon]: '\0mine' } });
    expect(planned.outcome(icon)).toMatchObject({ status: 'manual', operations: [], fates: ['binary'] });
  });
});

describe('with hashes alone', () => {
  it('drops and renames what is untouched, and says what needs a source', async () => {
    const files = {
      '1.6.0': {
        'lib/shop/a.ex': 'defmodule Shop.A do\nend\n',
        'lib/shop/b.ex': 'defmodule Shop.B do\nend\n',
        [path]: telemetry(2),
      },
      '1.7.0': { 'lib/shop/core/b.ex': 'defmodule Shop.B do\nend\n', [path]: telemetry(3) },
    };
    const planned = await plan({ ...span, generated: files, yours: files['1.6.0'], hashesOnly: true });
    expect(planned.outcome(path).status).toBe('needs-source');
    expect(planned.after()).toEqual({ 'lib/shop/core/b.ex': files['1.6.0']['lib/shop/b.ex'], [path]: telemetry(2) });
  });
});

describe('files that facts decide on', () => {
  it('are left to them', async () => {
    const planned = await plan({ ...span, generated, yours: { [path]: telemetry(2) }, factOwned: [path] });
    expect(planned.outcomes).toEqual([]);
  });
});

describe('a start page of one’s own', () => {
  const old = 'lib/shop_web/templates/page/index.html.heex';
  const home = 'lib/shop_web/controllers/page_html/home.html.heex';
  const logo = 'priv/static/images/logo.svg';
  const layout = 'lib/shop_web/components/layouts/app.html.heex';
  const generated = {
    '1.6.0': { [old]: '<p>Welcome to the shop</p>\n' },
    '1.7.0': { [home]: '<img src="/images/logo.svg">\n', [logo]: '<svg></svg>\n' },
  };

  it('gets neither the generator’s beside it nor its pictures', async () => {
    const planned = await plan({
      ...span,
      generated,
      yours: { 'lib/shop_web/templates/shelf/index.html.heex': '<ul></ul>\n' },
    });
    expect([planned.outcome(home).status, planned.outcome(logo).status]).toEqual(['declined', 'declined']);
    expect(planned.after()).not.toHaveProperty(logo);
  });

  it('gets pictures that a new layout shows', async () => {
    const shown = { ...generated['1.7.0'], [layout]: '<header><img src="/images/logo.svg"></header>\n' };
    const planned = await plan({ ...span, generated: { ...generated, '1.7.0': shown }, yours: {} });
    expect([planned.outcome(home).status, planned.outcome(logo).status]).toEqual(['declined', 'pending']);
  });

  it('is none where the generator’s is still there', async () => {
    const planned = await plan({ ...span, generated, yours: { ...generated['1.6.0'] } });
    expect(planned.outcome(home).status).toBe('pending');
    expect(planned.outcome(logo).status).toBe('pending');
  });
});
