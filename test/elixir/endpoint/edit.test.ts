import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { performer } from '../../../src/elixir/edited.ts';
import { endpointEditors } from '../../../src/elixir/endpoint/edit.ts';
import { entryKey } from '../../../src/elixir/endpoint/members.ts';
import type { EndpointOperation, OptionOwner } from '../../../src/elixir/endpoint/operation.ts';
import { readEndpoint } from '../../../src/elixir/endpoint/read.ts';
import { parse } from '../../../src/elixir/parse.ts';

const performEndpoint = performer(endpointEditors);

const path = 'lib/atelier_web/endpoint.ex';

function endpoint(...lines: string[]): string {
  const body = ['use Phoenix.Endpoint, otp_app: :atelier', '', ...lines].map((line) =>
    line === '' ? '' : `  ${line}`,
  );
  return `defmodule AtelierWeb.Endpoint do\n${body.join('\n')}\nend\n`;
}

function perform(text: string, operation: EndpointOperation): string {
  const result = performEndpoint(text, operation);
  if (!result.ok) throw new Error(result.reason);
  expect(performEndpoint(result.text, operation)).toEqual(result);
  return result.text;
}

function reason(text: string, operation: EndpointOperation): string {
  const result = performEndpoint(text, operation);
  return result.ok ? 'done' : result.reason;
}

const keys = (text: string) => readEndpoint(parse(text))?.entries.map(entryKey) ?? [];

const order = ['socket//live', 'plug/Plug.Static', 'plug/Plug.RequestId', 'plug/Plug.Head', 'plug/AtelierWeb.Router'];
const add = (
  entry: string,
  call: string,
  condition: string | null = null,
  wanted: readonly string[] = order,
): EndpointOperation => ({ kind: 'add-endpoint-entry', path, entry, call, condition, order: wanted });
const remove = (entry: string, condition: string | null = null): EndpointOperation => ({
  kind: 'remove-endpoint-entry',
  path,
  entry,
  condition,
});
const move = (wanted: readonly string[]): EndpointOperation => ({
  kind: 'move-endpoint-entries',
  path,
  condition: null,
  order: wanted,
});
const entryOwner = (entry: string, condition: string | null = null): OptionOwner => ({
  kind: 'entry',
  entry,
  condition,
});
const set = (owner: OptionOwner, option: string, value: string): EndpointOperation => ({
  kind: 'set-endpoint-option',
  path,
  owner,
  option: option.split('.'),
  value,
});
const unset = (owner: OptionOwner, option: string): EndpointOperation => ({
  kind: 'remove-endpoint-option',
  path,
  owner,
  option: option.split('.'),
});

const requestId = add('plug/Plug.RequestId', 'plug(Plug.RequestId)');

describe('adding a plug or a socket', () => {
  it('puts it in order, without parentheses', () => {
    const text = endpoint(
      'plug Plug.Static, at: "/"',
      '# own',
      'plug Mine',
      'plug Plug.Head',
      'plug AtelierWeb.Router',
    );
    expect(perform(text, requestId)).toBe(
      endpoint(
        'plug Plug.Static, at: "/"',
        'plug Plug.RequestId',
        '# own',
        'plug Mine',
        'plug Plug.Head',
        'plug AtelierWeb.Router',
      ),
    );
  });

  it('puts it behind the code reloading block that follows its neighbour', () => {
    const block = ['if code_reloading? do', '  plug Reloader', 'end'];
    expect(perform(endpoint('plug Plug.Static, at: "/"', '', ...block, '', 'plug AtelierWeb.Router'), requestId)).toBe(
      endpoint('plug Plug.Static, at: "/"', '', ...block, '', 'plug Plug.RequestId', 'plug AtelierWeb.Router'),
    );
  });

  it('parts one of several lines from the others', () => {
    const long = `plug Plug.Head, ${'abcdefgh'
      .split('')
      .map((key) => `option_${key}: :value_${key}`)
      .join(', ')}`;
    const result = perform(endpoint('plug Plug.RequestId', 'plug AtelierWeb.Router'), add('plug/Plug.Head', long));
    expect(result).toMatch(
      /plug Plug.RequestId\n\n {2}plug Plug.Head,\n {4}option_a: .*\n(.*\n)+\n {2}plug AtelierWeb.Router/,
    );
  });

  it('never puts it behind the router', () => {
    const text = endpoint('plug AtelierWeb.Router', 'plug Plug.RequestId');
    expect(keys(perform(text, add('plug/Plug.Head', 'plug Plug.Head')))).toEqual([
      'plug/Plug.Head',
      'plug/AtelierWeb.Router',
      'plug/Plug.RequestId',
    ]);
  });

  it('puts a socket before the plugs, behind its kind', () => {
    const text = endpoint('socket "/own", Own.Socket', '', '# files', 'plug Plug.Static, at: "/"');
    expect(perform(text, add('socket//live', 'socket "/live", Live'))).toBe(
      endpoint('socket "/own", Own.Socket', '', 'socket "/live", Live', '', '# files', 'plug Plug.Static, at: "/"'),
    );
    const none = add('socket//live', 'socket "/live", Live', null, []);
    expect(keys(perform(text, none))).toEqual(['socket//own', 'socket//live', 'plug/Plug.Static']);
  });

  it('begins an endpoint that has none', () => {
    expect(perform(endpoint('def init(_, config), do: {:ok, config}'), requestId)).toBe(
      endpoint('plug Plug.RequestId', '', 'def init(_, config), do: {:ok, config}'),
    );
  });

  it('goes into the code reloading block, which is made when missing', () => {
    const check = add('plug/Check', 'plug Check, otp_app: :atelier', 'code_reloading?');
    const made = perform(endpoint('plug Plug.Static, at: "/"', 'plug AtelierWeb.Router'), check);
    const block = ['if code_reloading? do', '  plug Check, otp_app: :atelier', 'end'];
    expect(made).toBe(endpoint('plug Plug.Static, at: "/"', '', ...block, '', 'plug AtelierWeb.Router'));
    const there = endpoint('plug Plug.Static, at: "/"', '', 'if code_reloading? do', '  plug Reloader', 'end');
    expect(keys(perform(there, check))).toEqual(['plug/Plug.Static', 'plug/Reloader', 'plug/Check']);
  });

  it('is refused where the entry stands under another condition', () => {
    const text = endpoint('if dev?() do', '  plug Plug.RequestId', 'end');
    expect(reason(text, requestId)).toBe('plug/Plug.RequestId stands under another condition');
  });

  it('is refused for a file without endpoint and for what is no call', () => {
    expect(reason('defmodule A do\nend', requestId)).toBe('there is no module with `use Phoenix.Endpoint`');
    expect(reason(endpoint('plug A'), add('plug/Plug.Head', '[1]'))).toBe('the new text is no single call');
  });

  it('keeps CRLF', () => {
    const text = endpoint('plug Plug.Static, at: "/"', '', 'plug AtelierWeb.Router').replaceAll('\n', '\r\n');
    const result = perform(perform(text, requestId), set(entryOwner('plug/Plug.Static'), 'gzip', 'false'));
    expect(result.replaceAll('\r\n', '')).not.toContain('\n');
  });
});

describe('removing a plug or a socket', () => {
  it('takes its comment and the line that parted it', () => {
    const text = endpoint('plug A', '', '# logs', 'plug Plug.Logger # all', '', 'plug B, a: 1');
    expect(perform(text, remove('plug/Plug.Logger'))).toBe(endpoint('plug A', '', 'plug B, a: 1'));
  });

  it('takes the block with the last of it', () => {
    const text = endpoint('plug A', '', '# reloading', 'if code_reloading? do', '  plug R', 'end', '', 'plug B');
    expect(perform(text, remove('plug/R', 'code_reloading?'))).toBe(endpoint('plug A', '', 'plug B'));
  });

  it('keeps the block for what else is in it', () => {
    const block = ['if code_reloading? do', '  plug R', '  mine()', 'end'];
    expect(perform(endpoint(...block), remove('plug/R', 'code_reloading?'))).toBe(
      endpoint('if code_reloading? do', '  mine()', 'end'),
    );
  });

  it('is refused for one that shares its line', () => {
    expect(reason(endpoint('plug A; plug B'), remove('plug/B'))).toBe('it shares its line with something else');
    expect(reason(endpoint('if x?(), do: plug(B)'), remove('plug/B', 'x?()'))).toContain('shares its place');
  });
});

describe('moving plugs', () => {
  it('keeps the user’s own with their neighbours and the router last', () => {
    const text = endpoint(
      'plug Plug.Head',
      'plug Mine',
      '# id',
      'plug Plug.RequestId',
      'plug AtelierWeb.Router',
      'plug Late',
    );
    expect(perform(text, move(order))).toBe(
      endpoint('# id', 'plug Plug.RequestId', '', 'plug Plug.Head', 'plug Mine', 'plug AtelierWeb.Router', 'plug Late'),
    );
  });
});

describe('options', () => {
  it('are added to a plug without any', () => {
    expect(perform(endpoint('plug Plug.Head', 'plug B'), set(entryOwner('plug/Plug.Head'), 'a', '1'))).toBe(
      endpoint('plug Plug.Head, a: 1', 'plug B'),
    );
    expect(perform(endpoint('plug(Plug.Head)'), set(entryOwner('plug/Plug.Head'), 'a', '1'))).toBe(
      endpoint('plug(Plug.Head, a: 1)'),
    );
  });

  it('are set and removed one by one', () => {
    const text = endpoint(
      'plug Plug.Static,',
      '  at: "/",',
      '  # compressed by the proxy',
      '  gzip: false,',
      '  only: ~w(css)',
    );
    const plug = entryOwner('plug/Plug.Static');
    expect(perform(text, set(plug, 'only', 'AtelierWeb.static_paths()'))).toBe(
      text.replace('~w(css)', 'AtelierWeb.static_paths()'),
    );
    expect(perform(text, unset(plug, 'gzip'))).toBe(endpoint('plug Plug.Static,', '  at: "/",', '  only: ~w(css)'));
    expect(perform(endpoint('plug A, b: 1'), unset(entryOwner('plug/A'), 'b'))).toBe(endpoint('plug A'));
  });

  it('follow key paths, making and emptying lists on the way', () => {
    const socket = entryOwner('socket//live');
    const option = 'websocket.connect_info.session';
    const text = endpoint('socket "/live", Live, websocket: true');
    const nested = endpoint('socket "/live", Live, websocket: [connect_info: [session: @s]]');
    expect(perform(text, set(socket, option, '@s'))).toBe(nested);
    expect(perform(nested, unset(socket, option))).toBe(endpoint('socket "/live", Live'));
    const own = endpoint('socket "/live", Live, websocket: [timeout: 9]');
    expect(perform(own, set(socket, option, '@s'))).toBe(
      endpoint('socket "/live", Live, websocket: [timeout: 9, connect_info: [session: @s]]'),
    );
    expect(perform(own.replace('9', '9, connect_info: [session: @s]'), unset(socket, option))).toBe(own);
  });

  it('part a statement that they break', () => {
    const text = endpoint(
      'plug A',
      'plug Plug.Static, at: "/", from: {:atelier, "priv/static"}, only: ~w(css js)',
      'plug B',
    );
    expect(perform(text, set(entryOwner('plug/Plug.Static'), 'raise_on_missing_only', 'code_reloading?'))).toMatch(
      /plug A\n\n {2}plug Plug.Static,\n( {4}.*\n){4}\n {2}plug B/,
    );
  });

  it('belong to the session wherever it is', () => {
    const session: OptionOwner = { kind: 'session' };
    const inline = endpoint('plug Plug.Session, store: :cookie');
    const attribute = endpoint('@own [store: :cookie]', '', 'plug Plug.Session, @own');
    expect(perform(inline, set(session, 'same_site', '"Lax"'))).toContain('store: :cookie, same_site: "Lax"\n');
    expect(perform(attribute, set(session, 'same_site', '"Lax"'))).toContain('[store: :cookie, same_site: "Lax"]');
    expect(perform(attribute, unset({ kind: 'attribute', attribute: 'own' }, 'store'))).toContain('@own []');
  });

  it('are refused where they are no literals', () => {
    const text = endpoint('plug A, @opts', 'plug B, c: opts()');
    expect(reason(text, set(entryOwner('plug/A'), 'a', '1'))).toBe('its options are no literal keyword list');
    expect(reason(text, set(entryOwner('plug/B'), 'c.d', '1'))).toBe('c is no literal keyword list');
    expect(reason(text, set(entryOwner('plug/C'), 'a', '1'))).toBe('there is no plug/C with literal options');
    expect(reason(text, set({ kind: 'attribute', attribute: 'opts' }, 'a', '1'))).toContain('@opts');
  });
});

describe('@session_options', () => {
  const introduce: EndpointOperation = { kind: 'introduce-session-options', path };

  it('takes the options of the plug with their comments', () => {
    const text = endpoint(
      'plug A',
      '',
      '# kept in a cookie',
      'plug Plug.Session,',
      '  store: :cookie,',
      '  # fixed',
      '  key: "sid"',
      '',
      'plug AtelierWeb.Router',
    );
    expect(perform(text, introduce)).toBe(
      endpoint(
        '# kept in a cookie',
        '@session_options [',
        '  store: :cookie,',
        '  # fixed',
        '  key: "sid"',
        ']',
        '',
        'plug A',
        '',
        'plug Plug.Session, @session_options',
        '',
        'plug AtelierWeb.Router',
      ),
    );
  });

  it('takes them from one line', () => {
    expect(perform(endpoint('plug Plug.Session, store: :cookie, key: "sid"'), introduce)).toBe(
      endpoint('@session_options [store: :cookie, key: "sid"]', '', 'plug Plug.Session, @session_options'),
    );
  });

  it('is left where an attribute is used, and refused where there is nothing to take', () => {
    const text = endpoint('@own [a: 1]', 'plug Plug.Session, @own');
    expect(perform(text, introduce)).toBe(text);
    expect(reason(endpoint('plug A'), introduce)).toBe('there is no Plug.Session');
    expect(reason(endpoint('plug Plug.Session, opts()'), introduce)).toBe('done');
  });
});

describe('whatever the user plugs', () => {
  const known = order.filter((key) => key.startsWith('plug/')).map((key) => key.slice('plug/'.length));
  const own = fc.integer({ min: 0, max: 20 }).map((number) => `Own.P${number}`);
  const plug = fc.record({
    name: fc.oneof(fc.constantFrom(...known), own),
    comment: fc.boolean(),
    blank: fc.boolean(),
    options: fc.constantFrom('', ', a: 1', ',\n    a: 1,\n    b: 2'),
  });
  const plugs = fc.uniqueArray(plug, { selector: ({ name }) => name, maxLength: 8 });
  const operation = fc.oneof(
    fc.constantFrom(...known).map((name) => add(`plug/${name}`, `plug ${name}`)),
    fc.constantFrom(...known).map((name) => remove(`plug/${name}`)),
    fc.shuffledSubarray(order).map(move),
    fc.constantFrom(...known).map((name) => set(entryOwner(`plug/${name}`), 'z', ':set')),
  );

  it('survives in its relative order with its comments', () => {
    fc.assert(
      fc.property(plugs, fc.array(operation, { maxLength: 6 }), (all, operations) => {
        const lines = all.flatMap(({ name, comment, blank, options }) => [
          ...(blank ? [''] : []),
          ...(comment ? [`# about ${name}.`] : []),
          `plug ${name}${options}`,
        ]);
        const text = endpoint(...lines);
        let result = text;
        for (const one of operations) {
          const next = performEndpoint(result, one);
          if (!next.ok) expect(next.reason).toMatch(/^there is no plug/);
          else result = perform(result, one);
        }
        expect(parse(result).problems).toEqual([]);
        const mine = (source: string) => keys(source).filter((key) => key.startsWith('plug/Own.'));
        expect(mine(result)).toEqual(mine(text));
        for (const { name, comment, options } of all.filter((one) => one.name.startsWith('Own.'))) {
          expect(result).toContain(`${comment ? `# about ${name}.\n  ` : ''}plug ${name}${options}\n`);
        }
      }),
      { numRuns: 150 },
    );
  });
});
