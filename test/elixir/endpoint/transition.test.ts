import { expect, it } from 'vitest';
import { sameValue } from '../../../src/elixir/canonical.ts';
import { performer } from '../../../src/elixir/edited.ts';
import { endpointEditors } from '../../../src/elixir/endpoint/edit.ts';
import type { EndpointEntry } from '../../../src/elixir/endpoint/entry.ts';
import { entryKey } from '../../../src/elixir/endpoint/members.ts';
import type { EndpointOperation, OptionOwner } from '../../../src/elixir/endpoint/operation.ts';
import { readEndpoint } from '../../../src/elixir/endpoint/read.ts';
import type { Option } from '../../../src/elixir/options.ts';
import { parse } from '../../../src/elixir/parse.ts';
import { describeMix, formatted } from '../../support/mix.ts';
import { describePristine, pristineVersions } from '../../support/pristine.ts';
import { generatedFiles, neighbours } from '../support/generated.ts';

const performEndpoint = performer(endpointEditors);

const path = 'lib/endpoint.ex';

function read(text: string) {
  const endpoint = readEndpoint(parse(text));
  if (!endpoint) throw new Error('no endpoint');
  return endpoint;
}

/** The edits that turn one reading into another, in an order that can be carried out. */
function operations(from: string, to: string): EndpointOperation[] {
  const [base, target] = [read(from), read(to)];
  const introduce = target.sessionAttribute !== null && base.sessionAttribute === null;
  const conditions = [...new Set([...base.entries, ...target.entries].map(({ condition }) => condition))];
  return [
    ...(introduce ? [{ kind: 'introduce-session-options' as const, path }] : []),
    ...optionEdits({ kind: 'session' }, base.session, target.session),
    ...conditions.flatMap((condition) =>
      entryEdits(
        condition,
        base.entries.filter((entry) => entry.condition === condition),
        target.entries.filter((entry) => entry.condition === condition),
      ),
    ),
  ];
}

function entryEdits(
  condition: string | null,
  base: readonly EndpointEntry[],
  target: readonly EndpointEntry[],
): EndpointOperation[] {
  const order = target.map(entryKey);
  const gone = base.filter((entry) => !order.includes(entryKey(entry)));
  const changes = target.flatMap((entry): EndpointOperation[] => {
    const old = base.find((one) => entryKey(one) === entryKey(entry));
    if (!old)
      return [{ kind: 'add-endpoint-entry', path, entry: entryKey(entry), call: entry.display, condition, order }];
    if (entry.subject === 'Plug.Session') return [];
    return optionEdits({ kind: 'entry', entry: entryKey(entry), condition }, old.options, entry.options);
  });
  return [
    ...gone.map(
      (entry): EndpointOperation => ({ kind: 'remove-endpoint-entry', path, entry: entryKey(entry), condition }),
    ),
    ...changes,
    { kind: 'move-endpoint-entries', path, condition, order },
  ];
}

function optionEdits(owner: OptionOwner, base: readonly Option[], target: readonly Option[]): EndpointOperation[] {
  const has = (options: readonly Option[], { path: key }: Option) =>
    options.some((one) => one.path.join('.') === key.join('.'));
  return [
    ...base
      .filter((option) => !has(target, option))
      .map((option): EndpointOperation => ({ kind: 'remove-endpoint-option', path, owner, option: option.path })),
    ...target
      .filter((option) => option.path.at(-1) !== 'signing_salt')
      .map(
        ({ path: option, display: value }): EndpointOperation => ({
          kind: 'set-endpoint-option',
          path,
          owner,
          option,
          value,
        }),
      ),
  ];
}

function performed(text: string, all: readonly EndpointOperation[]): string {
  return all.reduce((now, operation) => {
    const result = performEndpoint(now, operation);
    if (!result.ok) throw new Error(`${JSON.stringify(operation)}: ${result.reason}`);
    expect(performEndpoint(result.text, operation)).toEqual(result);
    return result.text;
  }, text);
}

/** What an endpoint says, option by option; order of options means nothing. */
function facts(text: string): string[] {
  const { entries, session } = read(text);
  return [
    ...entries.map(({ kind, name, condition }) => `${condition}/${kind}/${name}`),
    ...entries
      .flatMap((entry) =>
        entry.options.map(
          (option) => `${entry.condition}/${entryKey(entry)}.${option.path.join('.')}=${option.display}`,
        ),
      )
      .sort(),
    ...session.map((option) => `session.${option.path.join('.')}=${option.display}`).sort(),
  ];
}

const pairs = () => [
  ...neighbours(pristineVersions(), ['default', 'umbrella']),
  ['1.3.4', '1.8.8', 'default'] as const,
];

const transitions = () =>
  pairs().map(([from, to, variant]) => {
    const [text = '', target = ''] = [from, to].map(
      (version) => generatedFiles('endpoint.ex', version, variant)[0]?.text,
    );
    return { from, to, variant, text, target };
  });

describePristine('endpoints of generated projects', () => {
  it('have no plug that is not named', () => {
    const files = generatedFiles('/endpoint.ex');
    expect(files.length).toBeGreaterThan(1000);
    const strange = files.filter(({ text }) =>
      read(text).entries.some(({ subject, kind }) => !/^[A-Z][\w.]*$/.test(subject) && kind === 'plug'),
    );
    expect(strange).toEqual([]);
    expect(files.filter(({ text }) => read(text).session.length < 3)).toEqual([]);
  });

  it('become those of the next minor, in its order', () => {
    const all = transitions();
    expect(all.length).toBeGreaterThan(8);
    for (const { from, to, variant, text, target } of all) {
      const result = facts(performed(text, operations(text, target)));
      const wanted = facts(target);
      expect(result.length, `${from} ${to} ${variant}`).toBe(wanted.length);
      const differing = result.filter((fact, at) => {
        const [key, value] = fact.split(/=(.*)/s);
        const [wantedKey, wantedValue] = (wanted[at] ?? '').split(/=(.*)/s);
        return key !== wantedKey || !sameValue(value ?? '', wantedValue ?? '');
      });
      expect([from, to, variant, differing]).toEqual([from, to, variant, []]);
    }
  });

  describeMix('when formatted', () => {
    it('stay so when they are edited', () => {
      const edits = transitions().map(({ text, target }) => ({
        text,
        result: performed(text, operations(text, target)),
      }));
      const before = formatted(edits.map(({ text }) => text));
      const clean = edits.filter(({ text }, at) => text.trimEnd() === before[at]?.trimEnd());
      expect(clean.length).toBeGreaterThan(6);
      const after = formatted(clean.map(({ result }) => result));
      expect(clean.map(({ result }) => result.trimEnd())).toEqual(after.map((text) => text.trimEnd()));
    });
  });
});
