import { describe, expect, test } from 'vitest';
import { changedParts, withParts } from '../../../src/merge/text/definitions/parts.ts';
import type { MergeOperation } from '../../../src/merge/text/operation.ts';
import { performMerge } from '../../../src/merge/text/perform.ts';

const base = `defmodule QuayWeb do
  @moduledoc "Parts of the web."

  def controller do
    quote do
      import Plug.Conn
      import QuayWeb.Old
    end
  end

  def view do
    quote do
      import QuayWeb.Old
      unquote(helpers())
    end
  end

  defp helpers do
    quote do
      import QuayWeb.Forms
    end
  end
end
`;
const target = `defmodule QuayWeb do
  @moduledoc "Parts of the web."

  def paths, do: ~w(assets)

  def controller do
    quote do
      import Plug.Conn
      unquote(helpers())
    end
  end

  defp helpers do
    quote do
      import QuayWeb.Fields
    end
  end
end
`;

function carried(text: string, keys: readonly string[], definitions: 'merged' | 'taken'): string {
  const part = withParts(base, target, new Set(keys)) ?? '';
  const operation: MergeOperation = {
    kind: 'merge-file',
    path: 'lib/quay_web.ex',
    base,
    target: part,
    take: null,
    definitions,
  };
  const result = performMerge(text, operation);
  return result.ok ? result.text : `refused: ${result.reason}`;
}

describe('the definitions of a file', () => {
  const keys = changedParts(base, target)?.map(({ key }) => key) ?? [];

  test('are told apart by what they define', () => {
    expect(keys).toEqual(['fun controller/0', 'fun view/0', 'fun helpers/0', 'fun paths/0']);
  });

  test.each(['merged', 'taken'] as const)('come one by one in any order to the same text, %s', (definitions) => {
    const forwards = keys.reduce((text, key) => carried(text, [key], definitions), base);
    const backwards = [...keys].reverse().reduce((text, key) => carried(text, [key], definitions), base);
    expect(forwards).toBe(target);
    expect(backwards).toBe(target);
  });

  test('come alone and leave the others as they are', () => {
    const text = carried(base, ['fun paths/0'], 'merged');
    expect(text).toContain('def paths, do: ~w(assets)');
    expect(changedParts(base, text)?.map(({ key }) => key)).toEqual(['fun paths/0']);
  });

  test('keep what their people wrote, and what another step wrote is replaced where nobody did', () => {
    const own = base.replace('import QuayWeb.Forms', 'import QuayWeb.Forms\n      import QuayWeb.Own');
    expect(carried(own, ['fun helpers/0'], 'merged')).toMatch(/Fields[\s\S]*Own|Own[\s\S]*Fields/);
    expect(carried(own, ['fun helpers/0'], 'taken')).not.toContain('Own');
    expect(carried(own, ['fun view/0'], 'taken')).toContain('import QuayWeb.Own');
  });

  test('cannot be told apart in a file of several modules, or one that does not parse', () => {
    expect(changedParts(`${base}\ndefmodule Quay do\nend\n`, target)).toBeNull();
    expect(changedParts('defmodule Quay do\n', target)).toBeNull();
  });
});
