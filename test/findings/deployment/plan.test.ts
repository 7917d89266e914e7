import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dockerFacts } from '../../../src/docker/facts.ts';
import type { Plan, Step } from '../../../src/plan/plan.ts';
import { type FileTree, memoryTree } from '../../../src/project/tree.ts';
import { describePristine, pristineRoot, pristineTree, readTree } from '../../support/pristine.ts';
import { applied, planOf } from '../../support/projects.ts';
import { caseTree } from './fixture.ts';

/** Files of several trees as one, later ones on top; scripts executable, as the generator makes them. */
function together(...trees: readonly FileTree[]): FileTree {
  const files = trees.flatMap((tree) =>
    tree.paths.map((path) => {
      const bytes = tree.bytes(path) ?? new Uint8Array();
      return [path, { bytes, executable: tree.executable(path) || path.startsWith('rel/overlays/bin/') }] as const;
    }),
  );
  return memoryTree(new Map(files));
}

function textTree(path: string, text: string): FileTree {
  return memoryTree(new Map([[path, { bytes: new TextEncoder().encode(text) }]]));
}

const isOfRelease = ({ address }: { readonly address: string }) => /^(?:docker|release)\//.test(address);
const stepOf = (plan: Plan, id: string): Step | undefined => plan.steps.find((step) => step.id === id);
const releaseChanges = (plan: Plan) => plan.steps.flatMap(({ changes }) => changes).filter(isOfRelease);

/** The project once every step that can be taken is. */
function upgraded(tree: FileTree, plan: Plan): FileTree {
  return applied(tree, plan.steps).tree();
}

describePristine('a project with the release files of an older version', () => {
  const released = (version: string) =>
    together(pristineTree(version), readTree(resolve(pristineRoot(), 'releases', version)));
  const newest = () => new Map(dockerFacts(released('1.8.8')).map(({ address, value }) => [address, value]));

  test.each(['1.6.3', '1.6.10', '1.7.0', '1.7.10', '1.7.21', '1.8.0'])('%s comes to those of the newest', (version) => {
    const tree = released(version);
    const plan = planOf(tree);
    const result = upgraded(tree, plan);
    const after = new Map(dockerFacts(result).map(({ address, value }) => [address, value]));
    // An alias that comes with generated text, which this plan has not, is not called for.
    const hasAlias = result.read('mix.exs')?.includes('"assets.setup":') === true;
    const setup = 'docker/build.run.mix assets.setup';
    expect(after.has(setup)).toBe(hasAlias);
    const wanted = [...newest()].filter(
      ([address]) => hasAlias || (address !== setup && address !== 'docker/build.order'),
    );
    // A Debian of which nobody knows a tag is left to a person, and said.
    const byHand = releaseChanges(plan).filter(({ verdict }) => verdict === 'manual');
    const asked = byHand.map(({ address }) => address).filter((address) => address !== 'docker/arg.DEBIAN_VERSION');
    expect(asked).toEqual([]);
    for (const { note } of byHand) expect(note).toContain('choose a tag');
    const differing = wanted.filter(([address, value]) => after.get(address) !== value);
    expect(differing.filter(([address]) => address !== 'docker/arg.DEBIAN_VERSION')).toEqual([]);
    expect([...after.keys()].filter((address) => !newest().has(address))).toEqual([]);
  });

  test('of the newest has nothing to do', () => {
    const plan = planOf(released('1.8.8'));
    expect(releaseChanges(plan).filter(({ verdict }) => verdict !== 'done')).toEqual([]);
  });

  test('what the user put in or took out stays so', () => {
    const tree = released('1.7.10');
    const text = (tree.read('Dockerfile') ?? '')
      .replace('build-essential git', 'build-essential git libvips-dev')
      .replace(/^USER nobody$/m, 'EXPOSE 4711\nUSER nobody')
      .replace(/^ENV LANGUAGE .*\n/m, '');
    const own = together(tree, textTree('Dockerfile', text));
    const plan = planOf(own);
    const after = upgraded(own, plan).read('Dockerfile') ?? '';
    expect(after).toContain('libvips-dev');
    expect(after).toContain('EXPOSE 4711\nUSER nobody');
    expect(after).not.toContain('LANGUAGE');
    const verdicts = releaseChanges(plan).map(({ address, verdict }) => `${address} ${verdict}`);
    expect(verdicts).toContain('docker/run.env.LANGUAGE declined');
  });

  test('an image is never made of an argument that is not there', () => {
    const tree = released('1.6.3');
    const text = (tree.read('Dockerfile') ?? '').replaceAll(/bullseye-\d{8}-slim/g, 'bullseye-slim');
    const plan = planOf(together(tree, textTree('Dockerfile', text)));
    const image = releaseChanges(plan).find(({ address }) => address === 'docker/arg.RUNNER_IMAGE');
    expect(image?.verdict).not.toBe('pending');
  });
});

describe('a Dockerfile that somebody wrote', () => {
  test('is compared with no version of the generator', () => {
    const tree = caseTree('single-stage');
    expect(releaseChanges(planOf(tree)).filter(({ address }) => address.startsWith('docker/build'))).toEqual([]);
    expect(stepOf(planOf(tree), 'single-stage')?.status).toBe('pending');
  });
});

describe('a project on Distillery', () => {
  const tree = caseTree('distillery');
  const plan = planOf(tree);
  const step = stepOf(plan, 'distillery');

  test('gets a release of its own, with what can be carried over', () => {
    const after = upgraded(tree, plan);
    expect(step?.status).toBe('pending');
    expect(after.read('mix.exs')).not.toContain('distillery');
    expect(after.read('mix.exs')).toContain('releases: [');
    expect(after.has('rel/vm.args')).toBe(false);
    expect(after.read('rel/vm.args.eex')).toContain('+');
    expect(after.read('rel/env.sh.eex')).toContain('RELEASE_NODE');
  });
});

describe('a project on Distillery that does more than can be carried over', () => {
  const tree = caseTree('distillery-held');
  const plan = planOf(tree);
  const step = stepOf(plan, 'distillery');

  test('keeps it as a whole until somebody has seen to the rest', () => {
    const after = upgraded(tree, plan);
    expect([step?.status, step?.operations]).toEqual(['manual', []]);
    expect(after.read('mix.exs')).toContain('distillery');
    for (const path of ['rel/config.exs', 'ops/atelier.service']) expect(after.read(path)).toBe(tree.read(path));
  });

  test('is told of each hook, overlay, provider, plugin and call', () => {
    const messages = step?.findings.map(({ message }) => message) ?? [];
    const own = ['pre_start_hooks', 'geo.db', 'Toml.Provider', 'Conform.ReleasePlugin', 'reboot', 'RELEASE_TMP'];
    for (const one of own)
      expect(
        messages.filter((message) => message.includes(one)),
        one,
      ).toHaveLength(1);
  });

  test('moves nothing to runtime.exs, which Distillery does not read', () => {
    expect(stepOf(plan, 'distillery-strings')).toBeUndefined();
    for (const one of plan.steps.filter(({ operations }) => JSON.stringify(operations).includes('move-config')))
      expect(one.after, one.id).toContain('distillery');
  });
});

describe('migrations in CMD', () => {
  test('move to the release command, each in a step of its own', () => {
    const tree = caseTree('migrations-in-cmd');
    const plan = planOf(tree);
    const after = upgraded(tree, plan);
    expect(stepOf(plan, 'migrations-at-start')?.status).toBe('pending');
    expect(after.read('Dockerfile')).not.toMatch(/^CMD.*migrate/m);
    expect(after.read('fly.toml')).toContain('release_command');
  });
});
describe('migrations in CMD', () => {
  test('move to the release command, each in a step of its own', () => {
    const tree = caseTree('migrations-in-cmd');
    const plan = planOf(tree);
    const after = upgraded(tree, plan);
    expect(stepOf(plan, 'migrations-at-start')?.status).toBe('pending');
    expect(after.read('Dockerfile')).not.toMatch(/^CMD.*migrate/m);
    expect(after.read('fly.toml')).toContain('release_command');
  });
});
