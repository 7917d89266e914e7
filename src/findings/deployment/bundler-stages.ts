import { copiesFrom } from '../../docker/edit-merge-stage.ts';
import { imageVersions } from '../../docker/image.ts';
import { type Dockerfile, programs, type Stage } from '../../docker/model.ts';
import type { DockerOperation } from '../../docker/operation.ts';
import { mixTasks } from '../../docker/stages.ts';
import { doable } from './docker-file.ts';

/** The lines of a stage of Node that only bundles, with the edit that bundles by Mix where its result was copied. */
export interface BundlingStage {
  readonly lines: ReadonlySet<number>;
  readonly operations: readonly DockerOperation[];
}

/**
 * `FROM node AS assets … COPY --from=assets /src/priv/static priv/static`. `isBundling` tells the bundler's own commands; with
 * any other the stage does more. Mix has to have fetched the deps where the result goes, and the sources to be there.
 */
export function bundlingStages(
  { path, dockerfile }: { readonly path: string; readonly dockerfile: Dockerfile },
  isBundling: (line: number, words: readonly string[]) => boolean,
): BundlingStage[] {
  return dockerfile.stages.flatMap((stage) => {
    if (stage.name === null || imageVersions(stage.resolved).node === null) return [];
    const called = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
    const doesMore = called.some((one) =>
      programs(one).some((words) => !/^(?:cd|mkdir|echo)$/.test(words[0] ?? '') && !isBundling(one.line, words)),
    );
    const goesWhereMixIs = copiesFrom(dockerfile, stage.name).every((copy) => {
      const target = dockerfile.stages.find(({ instructions }) => instructions.includes(copy));
      return /(?:^|\/)priv\/static\/?$/.test(copy.words[0] ?? '') && target !== undefined && isReady(target, copy.line);
    });
    if (called.length === 0 || doesMore || !goesWhereMixIs) return [];
    const command = 'mix assets.setup && mix assets.deploy';
    const operations = doable(dockerfile.text, { kind: 'docker-merge-stage', path, stage: stage.name, command });
    return operations.length === 0 ? [] : [{ lines: new Set(called.map(({ line }) => line)), operations }];
  });
}

/** Whether Mix has fetched the deps in a stage, and all sources were copied, before a line. */
function isReady({ instructions }: Stage, line: number): boolean {
  const before = instructions.filter((one) => one.line < line);
  const fetches = before.some((one) => programs(one).some((words) => mixTasks(words).includes('deps.get')));
  const copies = before.filter(({ keyword, flags }) => /^(?:COPY|ADD)$/.test(keyword) && flags.length === 0);
  const sources = copies.flatMap(({ words }) => words.slice(0, -1).map((word) => word.replace(/^\.\/(?=.)|\/$/g, '')));
  return fetches && (sources.includes('.') || (sources.includes('assets') && sources.includes('lib')));
}
