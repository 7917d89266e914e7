import { describe, expect, it } from 'vitest';
import { readFormatterFile } from '../../../src/elixir/format/formatter-file.ts';

describe('.formatter.exs', () => {
  it('says what is formatted, and how', () => {
    const text = `[
      import_deps: [:ecto, :phoenix],
      subdirectories: ["priv/*/migrations"],
      plugins: [Phoenix.LiveView.HTMLFormatter],
      inputs: ["*.{heex,ex,exs}", "{config,lib,test}/**/*.{heex,ex,exs}"],
      line_length: 120,
      locals_without_parens: [greet: 1, shout: :*]
    ]`;
    const file = readFormatterFile(text);
    expect(file).toMatchObject({
      inputs: ['*.{heex,ex,exs}', '{config,lib,test}/**/*.{heex,ex,exs}'],
      subdirectories: ['priv/*/migrations'],
      importDeps: ['ecto', 'phoenix'],
      plugins: ['Phoenix.LiveView.HTMLFormatter'],
      options: { lineLength: 120 },
      unread: [],
    });
    const calls = file?.options.localsWithoutParens;
    expect(calls).toEqual(expect.arrayContaining(['field/2', 'pipe_through/1', 'greet/1', 'shout/*']));
    expect(calls).not.toContain('create/1');
  });

  it('may bind names, and join lists', () => {
    const text =
      'own = [a: 1]\nshared = [b: 2]\n[locals_without_parens: own ++ shared, inputs: ~w(mix.exs lib/**/*.ex)]\n';
    expect(readFormatterFile(text)).toMatchObject({
      inputs: ['mix.exs', 'lib/**/*.ex'],
      options: { localsWithoutParens: ['a/1', 'b/2'] },
    });
  });

  it('names what cannot be read without running it', () => {
    const text = '[import_deps: [:ecto, :somebody], line_length: String.to_integer("80"), inputs: Enum.map(a, b)]';
    expect(readFormatterFile(text)).toMatchObject({
      inputs: [],
      options: expect.not.objectContaining({ lineLength: expect.anything() }),
      unread: ['line_length', 'import_deps: somebody', 'inputs'],
    });
  });

  it('is a list of options', () => {
    expect(readFormatterFile('[]')).toMatchObject({ inputs: [], unread: [] });
    expect(readFormatterFile('%{a: 1}')).toBe(null);
    expect(readFormatterFile('[a: 1')).toBe(null);
  });
});
