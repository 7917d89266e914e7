import { spawnSync } from 'node:child_process';

/** Texts go in with a zero byte behind each; the numbers of those that do not parse come out. */
const program = `
IO.binread(:stdio, :eof) |> String.split(<<0>>, trim: true) |> Enum.with_index() |> Enum.each(fn {text, index} ->
  case Code.string_to_quoted(text) do
    {:ok, _} -> :ok
    {:error, {meta, message, token}} -> IO.puts("#{index} #{inspect({meta, message, token})}")
  end
end)
`;

/** What Elixir itself does not parse of some code, a line each; null where none is installed. */
export function refusedByElixir(texts: readonly string[]): string[] | null {
  if (texts.length === 0) return [];
  const input = texts.map((text) => `${text}\0`).join('');
  const { status, stdout } = spawnSync('elixir', ['-e', program], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) return null;
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `Elixir refuses: ${line} in ${JSON.stringify(texts[Number.parseInt(line, 10)]?.slice(0, 200))}`);
}
