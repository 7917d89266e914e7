import { describe, expect, test } from 'vitest';
import { valueFrom } from './machine.ts';

/** As Elixir 1.18 prints them. */
const cases: readonly [source: string, value: string][] = [
  // Enum, Keyword, Map, List
  ['Enum.intersperse([1, 2, 3], 0)', '[1, 0, 2, 0, 3]'],
  ['Enum.map_join([1, 2], ", ", &(&1 * 2))', '"2, 4"'],
  ['Enum.find_value([a: 1], :none, fn {_, v} -> v > 5 && v end)', ':none'],
  ['Enum.drop([1, 2, 3], -1)', '[1, 2]'],
  ['Enum.with_index([:a, :b])', '[a: 0, b: 1]'],
  ['Enum.max(["1.10.0", "1.9.0"] |> Enum.map(&Version.parse!/1), Version) |> to_string()', '"1.10.0"'],
  ['Keyword.merge([a: 1, b: 2], b: 3)', '[a: 1, b: 3]'],
  ['Keyword.put_new([a: 1], :b, 2)', '[b: 2, a: 1]'],
  ['Keyword.pop([a: 1, b: 2], :a)', '{1, [b: 2]}'],
  ['Keyword.get_lazy([], :a, fn -> 1 end)', '1'],
  ['Map.new([a: 1], fn {k, v} -> {v, k} end)', '%{1 => :a}'],
  ['[a: 1][:a] || %{"b" => 2}["b"]', '1'],
  // String, Path, Macro, Module, Version
  ['String.split("a-b-c", "-")', '["a", "b", "c"]'],
  ['String.split("a,,b", ",", trim: true)', '["a", "b"]'],
  ['String.replace_suffix("a.ex.eex", ".eex", "")', '"a.ex"'],
  ['String.trim_trailing("a \n\n")', '"a"'],
  ['Path.join(["/a/", "b/", "/c"])', '"/a/b/c"'],
  ['Path.expand("../b", "/a/c")', '"/a/b"'],
  ['Path.expand("x")', '"/work/x"'],
  ['Path.relative_to("/a/b/c", "/a")', '"b/c"'],
  ['Path.split("/a/b")', '["/", "a", "b"]'],
  ['{Path.basename("/a/b.ex", ".ex"), Path.dirname("a")}', '{"b", "."}'],
  ['{Macro.camelize("my_app2"), Macro.underscore("MyApp.HTTPServer")}', '{"MyApp2", "my_app/http_server"}'],
  ['{Module.concat(["Shop", :"Elixir.Web"]), Module.split(Shop.Web)}', '{Shop.Web, ["Shop", "Web"]}'],
  ['Module.concat([Shop, nil, "Web"])', 'Shop.Web'],
  ['Version.match?("1.18.4", "~> 1.15") and not Version.match?("2.0.0", "~> 1.15")', 'true'],
  ['Version.match?("1.18.4", "~> 1.19.3 or ~> 1.20")', 'false'],
  ['Version.compare("1.0.0-rc.2", "1.0.0-rc.10")', ':lt'],
  ['Enum.split_with([1, 2, 3], &(&1 > 1))', '{[2, 3], [1]}'],
  ['Enum.uniq_by([a: 1, b: 1, c: 2], fn {_, v} -> v end)', '[a: 1, c: 2]'],
  ['Enum.into(%{a: 1}, [], fn {k, v} -> {v, k} end)', '[{1, :a}]'],
  ['Enum.find([1, 2], :none, &(&1 > 2))', ':none'],
  ['Keyword.new([:a, :b], &{&1, 1})', '[a: 1, b: 1]'],
  ['Regex.replace(~r/^(\\s*)a.*(\\n|$)/Um, " ab\\nc", "\\\\1x\\\\2")', '" x\\nc"'],
  ['(fn <<?a, rest::binary>> -> rest end).("abc")', '"bc"'],
  ['n = 2; (fn <<at::size(n)-binary, ":end">> -> at end).("ab:end")', '"ab"'],
  ['(fn <<a::binary-size(2), "-", rest::binary>> -> {a, rest} end).("ab-cd")', '{"ab", "cd"}'],
  ['case "abc:end" do <<_::binary-size(2), ":end">> -> 1; _ -> 0 end', '0'],
  [
    'quote(do: (a(1) + b.(2))) |> Macro.postwalk(0, fn {:a, _, _} = n, c -> {n, c + 1}; n, c when is_integer(n) -> {n * 2, c + n}; n, c -> {n, c} end) |> elem(1)',
    '4',
  ],
  ['<<?0, ?0 + 7>>', '"07"'],
  ['{Code.ensure_loaded?(Known.Package), Code.ensure_loaded?(Other)}', '{true, false}'],
  // Moments: now is always the same.
  ['~T[14:00:00.000000]', '~T[14:00:00.000000]'],
  ['Date.add(Date.utc_today(), -1)', '~D[2020-01-01]'],
  ['DateTime.utc_now() |> DateTime.truncate(:second) |> DateTime.add(-86_400, :second)', '~U[2020-01-01 12:00:00Z]'],
  ['NaiveDateTime.add(NaiveDateTime.utc_now(), 1) |> NaiveDateTime.to_iso8601()', '"2020-01-02T12:00:01.000000"'],
  ['Calendar.strftime(~T[09:30:00], "%H:%M")', '"09:30"'],
  ['Jason.encode!(%{"b" => [1, nil], a: true})', '"{\\"a\\":true,\\"b\\":[1,null]}"'],
  // OptionParser
  ['OptionParser.parse(["--x", "1", "--y", "z"], switches: [y: :string])', '{[x: "1", y: "z"], [], []}'],
  ['OptionParser.to_argv(live: false, web: "Admin", ecto: true)', '["--no-live", "--web", "Admin", "--ecto"]'],
  [
    'OptionParser.parse(["app", "--no-ecto", "--database", "mysql", "--wat"], strict: [ecto: :boolean, database: :string])',
    '{[ecto: false, database: "mysql"], ["app"], [{"--wat", nil}]}',
  ],
  ['OptionParser.parse!(["--binary-id", "x"], switches: [binary_id: :boolean])', '{[binary_id: true], ["x"]}'],
  [
    'OptionParser.parse(["-v", "--app=a"], aliases: [v: :verbose], strict: [verbose: :boolean, app: :string])',
    '{[verbose: true, app: "a"], [], []}',
  ],
  // Regular expressions
  ['"sample_app" =~ ~r/^[a-z][a-z0-9_]*$/', 'true'],
  ['Regex.replace(~r/:[a-zA-Z0-9_]+/, "lib/:app/:web.ex", fn ":" <> key, _ -> key end)', '"lib/app/web.ex"'],
  ['Regex.named_captures(~r/.*debian-bookworm-(?<vsn>.*)-slim/, "x-debian-bookworm-2025-slim")', '%{"vsn" => "2025"}'],
  ['Regex.run(~r/(a+?)(b|c)*(d)?/, "xaabcb")', '["a", "a"]'],
  ['Regex.split(~r/\\s*,\\s*/, "a , b,c")', '["a", "b", "c"]'],
  ['String.replace("aXbX", ~r/x/i, "-")', '"a-b-"'],
  // The world
  ['{System.get_env("GREETING"), System.get_env("HOME"), System.find_executable("git")}', '{"hello", nil, nil}'],
  ['System.version()', '"1.18.4"'],
  [':os.type()', '{:unix, :linux}'],
  [':crypto.strong_rand_bytes(3) |> Base.encode64()', '"AQEB"'],
  ['Task.async(fn -> 1 end) |> Task.await()', '1'],
  ['Mix.shell().yes?("Really?")', 'false'],
  ['Code.ensure_loaded?(Enum) and not Code.ensure_loaded?(Shop)', 'true'],
  [':binary.split("a|b|c", "|")', '["a", "b|c"]'],
  [
    '{:ok, {{_, 200, _}, _, body}} = :httpc.request(:get, {~c"https://tags.example/x", []}, [], []); Jason.decode!(body)',
    '%{"results" => [%{"name" => "1.18"}]}',
  ],
  // Files
  [
    'File.write!("a/b.txt", ["x", [?y]]); {File.read!("/work/a/b.txt"), File.dir?("a"), File.ls!("a"), File.read("c")}',
    '{"xy", true, ["b.txt"], {:error, :enoent}}',
  ],
  ['File.mkdir_p!("d"); File.cd!("d", fn -> Path.expand("e") end)', '"/work/d/e"'],
  // Text
  ['inspect("a\\n\\"\\#{")', '"\\"a\\\\n\\\\\\"\\\\\\#{\\""'],
  ['inspect([a: nil, "b c": ~c"d"])', '"[a: nil, \\"b c\\": ~c\\"d\\"]"'],
  ['EEx.eval_string("<%= if a do %>x<% else %>y<% end %><%% z %>\\n<%# no %>", a: false)', '"y<% z %>\\n"'],
  ['EEx.eval_string("<%= for i <- list do %>[<%= i %>]<% end %>", list: [1, 2])', '"[1][2]"'],
  ['EEx.eval_string("<%= cond do %>\\n<% @a == 1 -> %>one<% true -> %>more<% end %>", assigns: [a: 1])', '"one"'],
  ['EEx.eval_string("<% b = a %><%= b %><%!-- c --%>", a: 1)', '"1"'],
];

describe('functions', () => {
  test.each(cases)('%s', (source, value) => {
    expect(valueFrom(source)).toBe(value);
  });
});
