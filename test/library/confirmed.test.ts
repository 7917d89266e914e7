import { describe, expect, test } from 'vitest';
import { loadTree } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { bindery } from '../cli/bindery.ts';

const dockerfile = `ARG ELIXIR_VERSION=1.14.0
ARG OTP_VERSION=25.1
ARG DEBIAN_VERSION=bullseye-20220801-slim
ARG BUILDER_IMAGE="hexpm/elixir:\${ELIXIR_VERSION}-erlang-\${OTP_VERSION}-debian-\${DEBIAN_VERSION}"
ARG RUNNER_IMAGE="debian:\${DEBIAN_VERSION}"
FROM \${BUILDER_IMAGE} as builder
RUN mix local.hex --force && mix local.rebar --force
RUN mix release
FROM \${RUNNER_IMAGE}
CMD ["/app/bin/server"]
`;

function loaded(files: Readonly<Record<string, string>>, flags?: readonly string[]) {
  const tree = memoryTree(new Map(Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text) }])));
  return loadTree('/bindery', tree, { label: '.', snapshots: new SnapshotStore(), confirmed: { flags } });
}

describe('generator flags that are given', () => {
  test('leave the history of release files to a project that has some', () => {
    const files = { ...bindery, Dockerfile: dockerfile };
    const docker = (project: ReturnType<typeof loaded>) =>
      project.detection.history.addresses.filter(({ area }) => area === 'docker').map(({ text }) => text);
    expect(docker(loaded(files)).length).toBeGreaterThan(0);
    expect(docker(loaded(files, ['--no-mailer']))).toEqual(docker(loaded(files)));
    expect(docker(loaded(bindery, ['--no-mailer']))).toEqual([]);
  });

  test.each(['--no-webpack', '--no-assets'])('leave assets out in every version: %s', (flag) => {
    const { detection } = loaded(bindery, [flag]);
    const tools = ['1.6.16', '1.8.12'].flatMap((version) =>
      [...detection.history.facts(version).byText.keys()].filter((address) =>
        /^deps\/(esbuild|tailwind)$/.test(address),
      ),
    );
    expect(tools).toEqual([]);
    const plan = planProject(loaded(bindery, [flag]), { to: '1.8.12' });
    expect(plan.steps.flatMap(({ changes }) => changes.map(({ address }) => address))).not.toContain('deps/esbuild');
  });
});
