import { describe, expect, it } from 'vitest';
import { endpointModule, readEndpoint } from '../../../src/elixir/endpoint/read.ts';
import { parse } from '../../../src/elixir/parse.ts';

function read(body: string) {
  const found = readEndpoint(
    parse(`defmodule AtelierWeb.Endpoint do\n  use Phoenix.Endpoint, otp_app: :atelier\n${body}\nend\n`),
  );
  if (!found) throw new Error('no endpoint read');
  return found;
}

const shown = (body: string) => read(body).entries.map(({ kind, name, condition }) => [kind, name, condition]);

describe('the endpoint of a file', () => {
  it('goes by `use Phoenix.Endpoint`', () => {
    expect(endpointModule(parse('defmodule Door do\n  use Phoenix.Endpoint, otp_app: :atelier\nend'))).toBe('Door');
    expect(readEndpoint(parse('defmodule Door.Endpoint do\nend'))).toBeNull();
  });

  it('knows its app', () => {
    expect(read('').otpApp).toBe('atelier');
    expect(readEndpoint(parse('defmodule Door do\n  use Phoenix.Endpoint, @opts\nend'))?.otpApp).toBeNull();
  });
});

describe('plugs and sockets', () => {
  it('come in order, with those under a condition', () => {
    expect(
      shown(`
  socket "/live", Phoenix.LiveView.Socket
  if code_reloading? do
    socket "/reload", Reloader.Socket
    plug Reloader
  else
    plug Cache
  end
  unless Mix.env() == :prod, do: plug(Tidewave)
  plug(:health)
  plug AtelierWeb.Router`),
    ).toEqual([
      ['socket', '/live', null],
      ['socket', '/reload', 'code_reloading?'],
      ['plug', 'Reloader', 'code_reloading?'],
      ['plug', 'Cache', 'not (code_reloading?)'],
      ['plug', 'Tidewave', 'not (Mix.env() == :prod)'],
      ['plug', ':health', null],
      ['plug', 'AtelierWeb.Router', null],
    ]);
  });

  it('keep positional arguments apart from options', () => {
    const [socket, session, list, bare] = read(`
  socket("/live", Phoenix.LiveView.Socket, websocket: [timeout: 9, connect_info: [session: @s]], longpoll: false)
  plug Plug.Session, @session_options
  plug Plug.Static, [at: "/", only: ~w(css)]
  plug :auth, :strict`).entries;
    expect(socket?.positional).toHaveLength(1);
    expect(socket?.options.map(({ path, display }) => [path.join('.'), display])).toEqual([
      ['websocket.timeout', '9'],
      ['websocket.connect_info.session', '@s'],
      ['longpoll', 'false'],
    ]);
    expect([session?.positional.length, session?.options.length]).toEqual([1, 0]);
    expect(list?.options.map(({ path }) => path)).toEqual([['at'], ['only']]);
    expect([bare?.subject, bare?.positional.length]).toEqual([':auth', 1]);
  });

  it('of one module are told apart by their place, the one at / keeping its name', () => {
    expect(
      shown(`
  plug Plug.Static, at: "/uploads", from: "up"
  plug Plug.Static, at: "/", from: :atelier
  plug Plug.Static, at: "/", from: :other
  plug Plug.Head
  plug Plug.Head`).map(([, name]) => name),
    ).toEqual(['Plug.Static@/uploads', 'Plug.Static', 'Plug.Static@/', 'Plug.Head', 'Plug.Head#2']);
  });

  it('alone keep the name of the module, wherever they serve', () => {
    expect(shown('  plug Plug.Static, at: "/uploads"')).toEqual([['plug', 'Plug.Static', null]]);
  });

  it('follow aliases', () => {
    expect(shown('  alias AtelierWeb.Plugs.Locale\n  plug Locale').map(([, name]) => name)).toEqual([
      'AtelierWeb.Plugs.Locale',
    ]);
  });
});

describe('the session', () => {
  it('is the attribute that the plug takes', () => {
    const { session, sessionAttribute, attributes } = read(`
  @doc false
  @cookie [store: :cookie, signing_salt: "x9Kq"]
  plug Plug.Session, @cookie`);
    expect(sessionAttribute).toBe('cookie');
    expect(session.map(({ path, display }) => [...path, display])).toEqual([
      ['store', ':cookie'],
      ['signing_salt', '"secret"'],
    ]);
    expect(attributes.map(({ name, line }) => [name, line])).toEqual([['cookie', 5]]);
  });

  it('is what the plug says where there is no attribute', () => {
    const { session, sessionAttribute } = read('  plug Plug.Session, store: :ets, key: "sid"');
    expect(sessionAttribute).toBeNull();
    expect(session.map(({ path }) => path)).toEqual([['store'], ['key']]);
  });

  it('may be absent', () => {
    expect(read('  plug AtelierWeb.Router').session).toEqual([]);
  });
});
