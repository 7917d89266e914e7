import { assetOrder, runtimeConfigOrder } from './docker-build-rows.ts';
import { shipsElixir } from './docker-file.ts';
import { buildContext, images, rootUser, secrets } from './docker-image-rows.ts';
import { migrationsAtStart, mixAtStart } from './docker-start-rows.ts';
import type { DeployInput, Seen } from './observation.ts';
import type { Sources } from './sources.ts';

/** What the Dockerfiles of a project call for. Those that build no Elixir are left alone. */
export function dockerRows(input: DeployInput, sources: Sources): Seen[] {
  const own = sources.dockerfiles.filter(({ dockerfile }) => shipsElixir(dockerfile));
  return own.flatMap((file) => [
    ...mixAtStart(file, input, sources),
    ...migrationsAtStart(file, sources),
    ...images(file),
    ...assetOrder(file, sources),
    ...runtimeConfigOrder(file),
    ...secrets(file),
    ...rootUser(file),
    ...buildContext(file, input),
  ]);
}
