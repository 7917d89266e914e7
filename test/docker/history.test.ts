import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dockerChanges } from '../../src/docker/changes.ts';
import { dockerEditors } from '../../src/docker/edit.ts';
import { type DockerFact, dockerFacts, dockerfileFacts } from '../../src/docker/facts.ts';
import { imageVersions, type KnownVersions } from '../../src/docker/image.ts';
import { readDockerfile } from '../../src/docker/read.ts';
import { rolesOf } from '../../src/docker/stages.ts';
import { performer } from '../../src/elixir/edited.ts';
import { describePristine, hasPristine, pristineRoot, readTree } from '../support/pristine.ts';

const performDocker = performer(dockerEditors);

const releases = hasPristine ? join(pristineRoot(), 'releases') : '';
const number = (version: string) => version.split('.').reduce((sum, part) => sum * 100 + Number(part), 0);
const versions = hasPristine ? readdirSync(releases).sort((a, b) => number(a) - number(b)) : [];
const trees = new Map(versions.map((version) => [version, readTree(join(releases, version))]));
const factsOf = (version: string) => dockerFacts(trees.get(version) ?? readTree(releases));
const read = (version: string, path: string) => trees.get(version)?.read(path) ?? '';
const newest = versions.at(-1) ?? '';

const valuesOf = (facts: readonly DockerFact[]) =>
  Object.fromEntries(
    facts.filter((fact) => fact.address.startsWith('docker/')).map((fact) => [fact.address, fact.value]),
  );

/** The versions in the building image of a Dockerfile. */
function knownVersions(text: string): KnownVersions {
  const { elixir, otp, debian } = imageVersions(rolesOf(readDockerfile(text)).build?.resolved ?? '');
  return { elixir, otp, debian };
}

/** Carries out the changes that the user did not decide, and says what came of it. */
function upgraded(from: string, to: string, mine: Readonly<Record<string, string>>): Record<string, string> {
  const files: Record<string, string> = { ...mine };
  const base = new Map(factsOf(from).map((fact) => [fact.address, fact.value]));
  const yours = [...dockerfileFacts(files.Dockerfile ?? '', 'Dockerfile'), ...factsOf(from).filter(isIgnore)];
  const versionsNow = knownVersions(read(to, 'Dockerfile'));
  for (const { address, operation } of dockerChanges(yours, factsOf(to), versionsNow)) {
    const own = yours.find((fact) => fact.address === address);
    const isOrder = address.endsWith('.order');
    if (own && own.value !== base.get(address) && !isOrder) continue;
    const once = performDocker(files[operation.path] ?? '', operation);
    if (!once.ok) throw new Error(`${address}: ${once.reason}`);
    expect(performDocker(once.text, operation)).toEqual(once);
    files[operation.path] = once.text;
  }
  return files;
}

const isIgnore = ({ address }: DockerFact) => address.startsWith('docker/ignore.');

function filesOf(version: string): Record<string, string> {
  return { Dockerfile: read(version, 'Dockerfile'), '.dockerignore': read(version, '.dockerignore') };
}

describePristine('the Dockerfile of an older version', () => {
  const distinct = versions.filter(
    (version, index) => index === 0 || read(version, 'Dockerfile') !== read(versions[index - 1] ?? '', 'Dockerfile'),
  );

  test('has no fact twice', () => {
    for (const version of versions) {
      const addresses = factsOf(version).map(({ address }) => address);
      expect(new Set(addresses).size, version).toBe(addresses.length);
    }
  });

  test('comes to the facts of every newer version', () => {
    for (const [index, from] of distinct.entries()) {
      for (const to of [...distinct.slice(index + 1), newest]) {
        const { Dockerfile = '', '.dockerignore': ignore = '' } = upgraded(from, to, filesOf(from));
        const now = [...dockerfileFacts(Dockerfile, 'Dockerfile')];
        const wanted = factsOf(to).filter((fact) => !isIgnore(fact));
        expect(valuesOf(now), `${from} to ${to}`).toEqual(valuesOf(wanted));
        const ignored = dockerFacts({ paths: [], read: (path) => (path === '.dockerignore' ? ignore : undefined) });
        expect(valuesOf(ignored)).toEqual(valuesOf(factsOf(to).filter(isIgnore)));
      }
    }
  });

  test('keeps own stages, packages, ARGs and commands', () => {
    for (const from of distinct) {
      const text = read(from, 'Dockerfile')
        .replace(/^(ARG BUILDER_IMAGE)/m, 'ARG SHOP_TIER=gold\n$1')
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
        .replace(/^FROM \$\{BUILDER_IMAGE\}/m, 'FROM node:20-slim AS icons\nRUN npm run icons\n\nFROM ${BUILDER_IMAGE}')
        .replace('build-essential git', 'build-essential git libvips-dev')
        .replace(
          /^COPY lib lib$/m,
          'COPY lib lib\n# icons are drawn elsewhere\nCOPY --from=icons /icons priv/static/icons',
        )
        .replace('RUN mix compile', 'RUN mix gettext.extract --check && mix compile')
        .replace(/^USER nobody$/m, 'ENV SHOP_REGION="eu west"\nEXPOSE 4000 4001\nUSER nobody');
      const result = upgraded(from, newest, { ...filesOf(from), Dockerfile: text }).Dockerfile ?? '';
      const kept = [
        'ARG SHOP_TIER=gold',
        'FROM node:20-slim AS icons\nRUN npm run icons\n',
        ' libvips-dev',
        '# icons are drawn elsewhere\nCOPY --from=icons /icons priv/static/icons',
        'mix gettext.extract --check && mix compile',
        'ENV SHOP_REGION="eu west"',
        'EXPOSE 4000 4001',
      ];
      for (const own of kept) expect(result, from).toContain(own);
      const now = valuesOf(dockerfileFacts(result, 'Dockerfile'));
      const wanted = valuesOf(factsOf(newest).filter((fact) => !isIgnore(fact) && !fact.address.endsWith('.order')));
      expect(now, from).toMatchObject(wanted);
    }
  });
});
