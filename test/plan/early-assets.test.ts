import { expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { deps, mixfile, shopWith } from './small-shop.ts';

const dockerfile = `FROM hexpm/elixir:1.17.3-erlang-27.1-debian-bookworm-20240904-slim AS build
ENV MIX_ENV=prod
COPY mix.exs mix.lock ./
RUN mix deps.get --only prod
COPY assets assets
RUN mix assets.deploy
COPY lib lib
RUN mix compile
RUN mix release

FROM debian:bookworm-slim
COPY --from=build /_build/prod/rel/shop /app
USER nobody
CMD ["/app/bin/server"]
`;

test('assets built before the code are named where the plan brings the LiveView that writes hooks while it compiles', () => {
  const older = { ...deps, phoenix_live_view: '{:phoenix_live_view, "~> 0.20.2"}' };
  const files = shopWith({ Dockerfile: dockerfile, 'mix.exs': mixfile({ deps: older }) });
  const step = expectStep(planOf(files, { to: '1.8.12' }), 'docker-compile-first', {});
  expect(step.findings).toMatchObject([{ path: 'Dockerfile', line: 6 }]);
});
