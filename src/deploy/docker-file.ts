import { type Dockerfile, environment, programs } from '../docker/dockerfile.ts';
import { startsMix } from '../docker/edit-split.ts';
import type { DeployOperation } from '../docker/operation.ts';
import { performDocker } from '../docker/perform.ts';

/** A Dockerfile of the project and where it stands. */
export interface DockerFile {
  readonly path: string;
  readonly dockerfile: Dockerfile;
}

/** An operation that does something on the text and is not refused. */
export function doable(text: string, operation: DeployOperation): DeployOperation[] {
  const result = performDocker(text, operation);
  return result.ok && result.text !== text ? [operation] : [];
}

/** Whether a Dockerfile is for development or tests, by its name and environment: Mix belongs in there. */
export function isDevelopment(path: string, dockerfile: Dockerfile): boolean {
  const last = dockerfile.stages.at(-1);
  const environmentName = last ? environment(last).get('MIX_ENV') : undefined;
  return (
    /dev|test|ci\b/i.test(path.slice(path.lastIndexOf('/') + 1)) ||
    environmentName === 'dev' ||
    environmentName === 'test'
  );
}

/** Whether Mix takes part in a Dockerfile: only then is it judged. */
export function shipsElixir(dockerfile: Dockerfile): boolean {
  return dockerfile.stages.some((stage) => stage.instructions.some((one) => programs(one).some(startsMix)));
}
