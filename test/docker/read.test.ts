import { describe, expect, test } from 'vitest';
import { imageVersions } from '../../src/docker/image.ts';
import { itemsOf } from '../../src/docker/item.ts';
import { migrates } from '../../src/docker/migrating.ts';
import { environment, programs } from '../../src/docker/model.ts';
import { readDockerfile } from '../../src/docker/read.ts';
import { rolesOf } from '../../src/docker/stages.ts';

const read = (lines: readonly string[]) => readDockerfile(`${lines.join('\n')}\n`);
const keys = (lines: readonly string[]) => {
  const dockerfile = read(lines);
  return dockerfile.stages.map((stage) => itemsOf(dockerfile, stage).map(({ key, value }) => `${key}: ${value}`));
};

describe('reading a Dockerfile', () => {
  test('fills in ARGs through others, defaults included', () => {
    const { stages } = read([
      'ARG TAG=1.18.4',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
      'ARG IMAGE="hexpm/elixir:${TAG}"',
      'FROM $IMAGE',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
      'FROM ${RUNNER:-debian:bookworm}',
    ]);
    expect(stages.map(({ resolved }) => resolved)).toEqual(['hexpm/elixir:1.18.4', 'debian:bookworm']);
  });

  test('splits chains over lines, comments and blank lines between them', () => {
    const lines = [
      'FROM a',
      'RUN apt-get update && \\',
      '  # for pictures',
      '  apt-get install -y libvips \\',
      '',
      '    curl ; mix compile',
    ];
    expect(keys(lines)).toEqual([
      [
        'apt: apt-get update && apt-get install -y',
        'package.libvips: libvips',
        'package.curl: curl',
        'run.mix compile: mix compile',
      ],
    ]);
  });

  test('reads heredocs, the JSON form and sh -c for what they start', () => {
    const { stages } = read([
      'FROM a',
      'RUN <<EOT',
      'mix deps.get # all',
      'mix compile',
      'EOT',
      'CMD ["sh", "-c", "bin/a eval A.migrate && exec bin/a start"]',
    ]);
    expect(stages[0]?.instructions.map(programs)).toEqual([
      [
        ['mix', 'deps.get'],
        ['mix', 'compile'],
      ],
      [
        ['bin/a', 'eval', 'A.migrate'],
        ['bin/a', 'start'],
      ],
    ]);
  });

  test('keeps to the escape directive', () => {
    const lines = ['# escape=`', 'FROM a', 'RUN mix deps.get && `', '  mix compile', 'USER shop'];
    expect(keys(lines)).toEqual([['run.mix deps.get: mix deps.get', 'run.mix compile: mix compile', 'user: shop']]);
  });

  test('takes the environment of a stage from the one it begins with', () => {
    const { stages } = read(['FROM a AS base', 'ENV MIX_ENV=prod LANG="C.UTF-8"', 'FROM base', 'ENV PORT 80']);
    expect([...environment(stages[1] ?? stages[0] ?? never())]).toEqual([
      ['MIX_ENV', 'prod'],
      ['LANG', 'C.UTF-8'],
      ['PORT', '80'],
    ]);
  });

  test('a file without FROM has no stages', () => {
    expect(readDockerfile('').stages).toEqual([]);
    expect(rolesOf(readDockerfile('ARG A=1\n'))).toEqual({ build: null, run: null, only: null });
  });
});

describe('the part that a stage plays', () => {
  test('is told by what it does, not by its name', () => {
    const { build, run } = rolesOf(
      read([
        'FROM elixir AS deps',
        'RUN mix deps.get',
        'FROM elixir AS runner',
        'RUN mix release',
        'FROM debian AS builder',
        'COPY --from=1 /a /a',
      ]),
    );
    expect([build?.name, run?.name]).toEqual(['runner', 'builder']);
  });

  test('is both where one stage does everything, through its base too', () => {
    expect(rolesOf(read(['FROM elixir AS base', 'RUN mix compile', 'FROM base', 'CMD ["bin/a"]'])).only?.index).toBe(1);
  });
});

test.each([
  [
    'hexpm/elixir:1.18.4-erlang-27.3.4-debian-bookworm-20250908-slim',
    { elixir: '1.18.4', otp: '27.3.4', debian: 'bookworm-20250908-slim' },
  ],
  ['docker.io/elixir:1.15-otp-26-alpine', { elixir: '1.15', otp: '26', debian: null, alpine: 'latest' }],
  ['debian:12-slim', { debian: 'bookworm' }],
  ['alpine:3.20.3', { alpine: '3.20.3', elixir: null }],
  ['node:20-bullseye-slim', { node: '20', debian: 'bullseye-slim' }],
  ['registry.shop:5000/base', { elixir: null, otp: null }],
])('%s names its versions', (image, expected) => {
  expect(imageVersions(image)).toMatchObject(expected);
});

test.each([
  ['mix ecto.migrate', true],
  ['mix do ecto.create, ecto.migrate', true],
  ['/app/bin/migrate', true],
  ['bin/shop eval Shop.Release.migrate', true],
  ['bin/shop eval Shop.Stats.refresh', false],
  ['bin/server', false],
  ['mix phx.server', false],
])('%s migrates: %s', (command, expected) => {
  expect(migrates(command.split(' '))).toBe(expected);
});

function never(): never {
  throw new Error('no stage');
}
