import { expect, test } from 'vitest';
import { Address } from '../../src/facts/address.ts';
import { fileHash } from '../../src/facts/extract/file.ts';
import { History } from '../../src/facts/history.ts';
import type { Comparison } from '../../src/merge/comparison.ts';
import { keepPatterns } from '../../src/merge/config/reload-patterns.ts';
import { readProject } from '../../src/project/project.ts';
import { type Files, treeOf } from '../support/projects.ts';
import { smallShop } from './small-shop.ts';

const address = new Address('config/dev/shop.ShopWeb.Endpoint.live_reload.patterns');
const old = '[~r"lib/shop_web/(live|views)/.*(ex)$", ~r"lib/shop_web/templates/.*(eex)$"]';
const target = '[~r"lib/shop_web/(controllers|live|components)/.*(ex|heex)$"]';
const generated = 'lib/shop_web/views/page_view.ex';

const asGenerated = 'defmodule ShopWeb.PageView do\nend\n';
const untouched = fileHash(treeOf({ [generated]: asGenerated }), generated, readProject(treeOf(smallShop)).names);

function kept(files: Files, own = old, wanted = target): Comparison | undefined {
  const history = new History({
    versions: ['1.6.0'],
    written: new Map([[`file/${generated}`, [{ value: untouched ?? '', versions: 1n }]]]),
  });
  const yours = { address, value: own };
  const one = {
    address,
    yours,
    base: old,
    target: wanted,
    result: wanted,
    since: 0,
    backlog: false,
    outcome: 'pending',
  } as const;
  return keepPatterns([one], { project: readProject(treeOf({ ...smallShop, ...files })), history })[0];
}

test('patterns of directories that only generated files are in go with these, and not before', () => {
  expect(kept({ [generated]: asGenerated })).toMatchObject({ result: target, review: true });
});

test('patterns of directories with own files stay', () => {
  expect(kept({ 'lib/shop_web/views/cart_view.ex': '' })?.result).toContain('views');
});

test('patterns of a directory whose generated files somebody changed stay', () => {
  expect(kept({ [generated]: `${asGenerated}# ours\n` })?.result).toContain('views');
});

test('patterns of directories that are gone go at once', () => {
  expect(kept({})).toMatchObject({ result: target });
  expect(kept({})?.review).toBeUndefined();
});

test('a pattern that is there in another spelling is there', () => {
  const own = '[~r{lib/shop_web/templates/.*(eex)$}]';
  expect(kept({ 'lib/shop_web/templates/cart/show.html.eex': '' }, own, old)?.result).toBe(old);
});

test('folders that are watched each by itself are watched', () => {
  const own =
    '[~r{lib/shop_web/views/.*(ex)$}, ~r"lib/shop_web/live/.*(ex|heex)$", ~r"lib/shop_web/templates/.*(eex)$"]';
  expect(kept({}, own, old)).toMatchObject({ outcome: 'done', result: own });
  expect(kept({}, own, target)).toMatchObject({ outcome: 'pending' });
});
