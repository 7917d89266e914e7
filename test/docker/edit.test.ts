import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dockerEditors } from '../../src/docker/edit.ts';
import { dockerfileFacts } from '../../src/docker/facts.ts';
import type { DockerOperation } from '../../src/docker/operation.ts';
import { readDockerfile } from '../../src/docker/read.ts';
import { performer } from '../../src/elixir/edited.ts';

const performDocker = performer(dockerEditors);

const path = 'Dockerfile';
const shop = `# ours since 2019
ARG OWNER=corner
FROM elixir:1.14 AS maker
# tools
RUN apt-get update && apt-get install -y \\
    git \\
    libvips-dev && rm -rf /var/lib/apt/lists/*
ENV MIX_ENV=prod LANG=C
RUN mix deps.get && \\
    mix compile
RUN mix release

FROM debian:bookworm-slim
COPY --from=maker /app/_build/prod/rel/shop ./
CMD ["/app/bin/server"]
`;

function result(text: string, operation: DockerOperation): string {
  const edited = performDocker(text, operation);
  if (!edited.ok) throw new Error(edited.reason);
  return edited.text;
}

describe('an edit of a Dockerfile', () => {
  test.each<[string, DockerOperation, string, string]>([
    ['sets a name among several', put('build', 'env.LANG', 'C.UTF-8'), 'LANG=C\n', 'LANG=C.UTF-8\n'],
    [
      'sets one command of a chain',
      put('build', 'run.mix deps.get', 'mix deps.get --only prod'),
      'mix deps.get &&',
      'mix deps.get --only prod &&',
    ],
    [
      'adds an instruction behind the one that the order names',
      put('run', 'user', 'nobody', ['copy.--from=<build>']),
      'rel/shop ./\n',
      'rel/shop ./\n\nUSER nobody\n',
    ],
    [
      'adds a command of an installation behind the one before it',
      put('build', 'apt', 'apt-get update && apt-get upgrade -y && apt-get install -y && rm -rf /var/lib/apt/lists/*'),
      'apt-get update &&',
      'apt-get update && apt-get upgrade -y &&',
    ],
    [
      'adds the first command of an installation before the others',
      put('build', 'apt', 'apt-get clean && apt-get update && apt-get install -y && rm -rf /var/lib/apt/lists/*'),
      'RUN apt-get update',
      'RUN apt-get clean && apt-get update',
    ],
    ['removes a package with its line', remove('build', 'package.git'), ' \\\n    git \\\n', ' \\\n'],
    ['removes the first command of a chain', remove('build', 'run.mix deps.get'), 'mix deps.get && \\\n    mix', 'mix'],
    ['removes the last command of a chain', remove('build', 'run.mix compile'), ' && \\\n    mix compile', ''],
    ['removes one of several names', remove('build', 'env.MIX_ENV'), 'MIX_ENV=prod LANG', 'LANG'],
    [
      'names the building stage in what is copied from it',
      put('run', 'copy.--from=<build>', '--from=<build> /srv/rel/shop ./'),
      '/app/_build/prod/rel/shop',
      '/srv/rel/shop',
    ],
    ['bumps an image', versions('1.15.7'), 'elixir:1.14', 'elixir:1.15.7'],
    [
      'sets the image of a stage',
      { kind: 'docker-set-image', path, stage: 'run', image: 'debian:trixie-slim' },
      'bookworm',
      'trixie',
    ],
    ['removes an ARG before the first stage', removeArg('OWNER'), 'ARG OWNER=corner\n', ''],
    ['has nothing to remove', removeArg('DEBIAN'), '', ''],
  ])('%s', (_name, operation, from, to) => {
    const once = result(shop, operation);
    expect(once).toBe(shop.replace(from, to));
    expect(result(once, operation)).toBe(once);
  });

  test('follows a stage that is renamed', () => {
    const text = result(shop, { kind: 'docker-name-stage', path, stage: 'build', name: 'builder' });
    expect(text).toBe(shop.replace('AS maker', 'AS builder').replace('--from=maker', '--from=builder'));
  });

  test('is refused where no stage plays the part', () => {
    expect(performDocker('FROM debian\nCMD ["a"]\n', put('build', 'user', 'x'))).toMatchObject({ ok: false });
  });

  test('is refused for an ARG that shares its line', () => {
    expect(performDocker('ARG A=1 B=2\nFROM debian\n', removeArg('A'))).toMatchObject({ ok: false });
  });

  test('keeps the line ends of Windows', () => {
    const windows = shop.replaceAll('\n', '\r\n');
    const text = result(windows, put('run', 'user', 'nobody', []));
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(text).toContain('USER nobody\r\n');
  });
});

describe('any edits one after the other', () => {
  const operation = fc.oneof(
    fc
      .record({
        stage: fc.constantFrom('build', 'run'),
        key: fc.constantFrom(
          'env.LANG',
          'env.PORT',
          'user',
          'workdir',
          'run.mix compile',
          'package.curl',
          'package.git',
          'cmd',
        ),
        value: fc.constantFrom('a', 'b c', '80'),
      })
      .map(({ stage, key, value }) => put(stage, key, key.startsWith('package') ? key.slice(8) : value)),
    fc
      .record({
        stage: fc.constantFrom('build', 'run'),
        key: fc.constantFrom(
          'env.LANG',
          'env.MIX_ENV',
          'run.mix compile',
          'run.mix deps.get',
          'package.git',
          'package.libvips-dev',
          'cmd',
          'apt',
        ),
      })
      .map(({ stage, key }) => remove(stage, key)),
    fc
      .shuffledSubarray(['apt', 'env.MIX_ENV', 'run.mix deps.get', 'run.mix release'])
      .map((keys): DockerOperation => ({ kind: 'docker-order', path, stage: 'build', keys })),
  );
  const own = ['# ours since 2019', '# tools', 'LABEL shop.team="till"', '# keep this'];
  const mine = shop
    .replace('ENV MIX_ENV', 'LABEL shop.team="till"\nENV MIX_ENV')
    .replace('CMD', '# keep this\nEXPOSE 4000\nCMD');

  test('leave own comments and instructions, and a file that reads back', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 8 }), (operations) => {
        let text = mine;
        for (const one of operations) {
          const edited = performDocker(text, one);
          if (!edited.ok) continue;
          text = edited.text;
          expect(result(text, one)).toBe(text);
        }
        for (const line of own) expect(text).toContain(line);
        expect(text).toContain('EXPOSE 4000');
        expect(readDockerfile(text).stages).toHaveLength(2);
        expect(dockerfileFacts(text, path).filter(({ address }) => address.includes('undefined'))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('an image that starts without migrating', () => {
  const operation: DockerOperation = { kind: 'docker-start-without-migration', path };
  const started = (start: string) => `FROM debian\n${start}\n`;

  test.each([
    ['CMD bin/migrate && bin/server', 'CMD bin/server'],
    ['CMD sh -c "bin/migrate && exec bin/server"', 'CMD sh -c "exec bin/server"'],
    ['CMD ["sh", "-c", "bin/migrate && bin/server"]', 'CMD ["sh", "-c", "bin/server"]'],
    ['ENTRYPOINT tini -- bin/server', 'ENTRYPOINT tini -- bin/server'],
    ['CMD sh -c "bin/server"', 'CMD sh -c "bin/server"'],
  ])('%s becomes %s', (start, rest) => {
    expect(result(started(start), operation)).toBe(started(rest));
    expect(result(started(rest), operation)).toBe(started(rest));
  });

  test.each(['CMD bin/migrate', 'CMD sh -c "bin/migrate"', 'CMD ["bin/migrate"]', 'CMD mix ecto.migrate; bin/migrate'])(
    'is refused where nothing else is left: %s',
    (start) => {
      expect(performDocker(started(start), operation)).toMatchObject({ ok: false });
    },
  );
});

describe('an edit of a start script', () => {
  const operation: DockerOperation = { kind: 'script-without-migration', path: 'start.sh' };

  test('takes the migration out of a chain', () => {
    expect(result('#!/bin/sh\nbin/migrate && exec bin/server\n', operation)).toBe('#!/bin/sh\nexec bin/server\n');
  });

  test.each(['if true; then\n  bin/migrate\nfi\nbin/server\n', 'bin/migrate || exit 1\nbin/server\n', 'bin/migrate\n'])(
    'is refused where something hangs on it: %j',
    (text) => {
      expect(performDocker(text, operation)).toMatchObject({ ok: false });
    },
  );
});

function put(stage: string, key: string, value: string, after: readonly string[] = []): DockerOperation {
  return { kind: 'docker-put', path, stage, key, value, after };
}

function remove(stage: string, key: string): DockerOperation {
  return { kind: 'docker-remove', path, stage, key };
}

function removeArg(name: string): DockerOperation {
  return { kind: 'docker-remove-arg', path, name };
}

function versions(elixir: string): DockerOperation {
  return { kind: 'docker-set-versions', path, stage: 'build', versions: { elixir, otp: null, debian: null } };
}
