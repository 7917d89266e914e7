import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isSecretName, startsMix } from '../../../src/docker/edit-split.ts';
import { type Dockerfile, programs } from '../../../src/docker/model.ts';
import { readDockerfile } from '../../../src/docker/read.ts';
import { rolesOf } from '../../../src/docker/stages.ts';
import { dockerfileText } from '../../../src/findings/deployment/texts.ts';
import { carriedOut, caseTree, fixtures, observe } from './fixture.ts';

const names = { app: 'atelier', webApp: 'atelier', module: 'Atelier', webModule: 'AtelierWeb' };

const keywords = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/** What is wrong with a Dockerfile, as a linter would say it. */
function complaints(dockerfile: Dockerfile): string[] {
  const { build, run, only } = rolesOf(dockerfile);
  const all = [...dockerfile.args, ...dockerfile.stages.flatMap(({ instructions }) => instructions)];
  const shipped = run?.instructions ?? [];
  const starts = shipped.filter(({ keyword }) => keyword === 'CMD');
  const copiesUnknown = dockerfile.stages.flatMap((stage) =>
    stage.instructions.flatMap(({ flags }) =>
      flags.filter(
        ({ name, value }) =>
          name === 'from' && !dockerfile.stages.slice(0, stage.index).some((one) => one.name === value),
      ),
    ),
  );
  return [
    ...(only ? ['one stage builds and ships'] : []),
    ...(build && run && build.index > run.index ? ['the running stage comes first'] : []),
    ...all.filter(({ keyword }) => !keywords.has(keyword)).map(({ keyword }) => `unknown ${keyword}`),
    ...shipped
      .filter((one) => programs(one).some(startsMix))
      .map(({ line }) => `line ${line}: mix in the running stage`),
    ...(shipped.some(({ keyword, text }) => keyword === 'USER' && !/^(?:root|0)\b/.test(text)) ? [] : ['runs as root']),
    ...(starts.length === 1 && starts[0]?.json ? [] : ['no single CMD in JSON form']),
    ...all
      .filter(({ keyword, properties }) => keyword === 'ENV' && properties.some(({ name }) => isSecretName(name)))
      .map(({ line }) => `line ${line}: secret in ENV`),
    ...copiesUnknown.map(({ value }) => `copies from unknown ${value}`),
  ];
}

describe('every Dockerfile that is written', () => {
  const known = { elixir: '1.18.4', otp: '27.3.4', debian: 'bookworm-20250908-slim' };
  const none = { elixir: null, otp: null, debian: null };
  const plain = { release: 'atelier', names, assets: true, umbrella: false, rel: true };

  test.each([
    ['with known versions', { ...plain, versions: known }],
    ['with unknown versions', { ...plain, versions: none }],
    ['without assets', { ...plain, versions: known, assets: false }],
    ['of an umbrella', { ...plain, versions: known, umbrella: true }],
  ])('%s has nothing to complain of', (_name, options) => {
    const dockerfile = readDockerfile(dockerfileText(options));
    expect(complaints(dockerfile)).toEqual([]);
    expect(dockerfile.stages).toHaveLength(2);
  });

  test('edited ones have no complaint that they did not have before', () => {
    for (const name of readdirSync(fixtures)) {
      const tree = caseTree(name);
      const before = complaints(readDockerfile(tree.read('Dockerfile') ?? ''));
      const text = carriedOut(tree, observe(tree)).read('Dockerfile');
      if (text === undefined || text === tree.read('Dockerfile')) continue;
      expect(
        complaints(readDockerfile(text)).filter((one) => !before.includes(one)),
        name,
      ).toEqual([]);
    }
  });

  test('a split one has none at all', () => {
    const tree = caseTree('single-stage');
    const text = carriedOut(tree, observe(tree)).read('Dockerfile') ?? '';
    expect(complaints(readDockerfile(tree.read('Dockerfile') ?? ''))).not.toEqual([]);
    expect(complaints(readDockerfile(text))).toEqual([]);
  });
});
