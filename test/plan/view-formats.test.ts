import { describe, expect, test } from 'vitest';
import { Address } from '../../src/facts/address.ts';
import { History } from '../../src/facts/history.ts';
import type { PristineTexts } from '../../src/merge/files/input.ts';
import { keepViewFormats, withViewFormats } from '../../src/merge/web/view-formats.ts';
import { readProject } from '../../src/project/project.ts';
import { type Files, treeOf } from '../support/projects.ts';
import { smallShop } from './small-shop.ts';

const history = new History({ versions: ['1.6.0'], written: new Map() });
const controller = 'defmodule ShopWeb.CartController do\n  use ShopWeb, :controller\nend\n';
const views: Files = {
  'lib/shop_web/controllers/cart_controller.ex': controller,
  'lib/shop_web/views/cart_view.ex': 'defmodule ShopWeb.CartView do\n  use ShopWeb, :view\nend\n',
};
const project = (files: Files) => readProject(treeOf({ ...smallShop, ...files }));

describe('an app whose controllers render views', () => {
  const target = '[use(Phoenix.Controller, formats: [:html, :json]), import(Plug.Conn)]';
  const one = {
    address: new Address('web/ShopWeb.controller'),
    yours: null,
    base: null,
    target,
    result: target,
    since: 0,
    backlog: false,
    outcome: 'pending',
  } as const;

  test('is given formats that find them', () => {
    const [kept] = keepViewFormats([one], { project: project(views), history });
    expect(kept?.result).toBe('[use(Phoenix.Controller, formats: [html: "View", json: "View"]), import(Plug.Conn)]');
  });

  test('is none once the controller has a module by format', () => {
    const html = { 'lib/shop_web/controllers/cart_html.ex': 'defmodule ShopWeb.CartHTML do\nend\n' };
    expect(keepViewFormats([one], { project: project({ ...views, ...html }), history })).toEqual([one]);
    expect(keepViewFormats([one], { project: project({}), history })).toEqual([one]);
  });

  test('gets generated controllers that name their own module by format', () => {
    const generated = treeOf({
      'lib/shop_web.ex': 'use Phoenix.Controller, formats: [:html, :json]\n',
      'lib/shop_web/controllers/page_controller.ex':
        'defmodule ShopWeb.PageController do\n  use ShopWeb, :controller\n\n  def home(conn, _), do: conn\nend\n',
      'lib/shop_web/controllers/page_html.ex': 'defmodule ShopWeb.PageHTML do\nend\n',
    });
    const texts = { target: generated } as PristineTexts;
    const given = withViewFormats(
      texts,
      project({ ...views, 'lib/shop_web.ex': 'defmodule ShopWeb do\nend\n' }),
      history,
    );
    expect(given.target.read('lib/shop_web.ex')).toBe(
      'use Phoenix.Controller, formats: [html: "View", json: "View"]\n',
    );
    expect(given.target.read('lib/shop_web/controllers/page_controller.ex')).toContain(
      'use ShopWeb, :controller\n\n  plug :put_view, html: ShopWeb.PageHTML\n\n  def home',
    );
  });
});
