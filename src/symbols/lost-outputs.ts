import { linesAsking } from '../templates/served-path.ts';
import { isPage, outputsOf, saysOutputs } from './assets/outputs.ts';
import type { ProjectIndex } from './index.ts';
import type { Inconsistency, Transition } from './transition.ts';

/**
 * Pages that ask for what no bundler writes any more, or not yet: layouts and the arguments of a bundler move together. Only for
 * what the bundler wrote before or writes now, under another path.
 */
export function lostOutputs({ before, after, changed }: Transition): Inconsistency[] {
  const pages = changed.filter((path) => isPage(path) && asksForAssets(after.read(path)));
  if (pages.length === 0 && !changed.some(saysOutputs)) return [];
  const [old, now] = [outputsOf(before), outputsOf(after)];
  const isLost = (output: string) =>
    !now.has(output) && !after.paths.some((path) => path.endsWith(`priv/static${output}`));
  const gone = [...old].filter(isLost);
  const inPages = after.paths.filter(isPage).flatMap((path) => asked(after, path, gone));
  const names = new Set([...now].map(nameOf));
  return [
    ...inPages,
    ...pages.flatMap((path) =>
      asked(
        after,
        path,
        newNames(before, after, path).filter((one) => names.has(nameOf(one)) && isLost(one)),
      ),
    ),
  ];
}

/** What a page asks for that it did not ask for before. */
function newNames(before: ProjectIndex, after: ProjectIndex, path: string): string[] {
  const known = new Set(namesIn(before.read(path) ?? ''));
  return [...new Set(namesIn(after.read(path) ?? ''))].filter((name) => !known.has(name));
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/["'](\/[\w./-]+\.(?:js|css))["'?]/g)].map(([, name = '']) => name);
}

function asked(index: ProjectIndex, path: string, outputs: readonly string[]): Inconsistency[] {
  const text = outputs.length === 0 ? '' : (index.read(path) ?? '');
  return outputs.flatMap((output) =>
    linesAsking(text, output).map((line) => ({ path, line, subject: output, message: `no bundler writes ${output}` })),
  );
}

function asksForAssets(text: string | undefined): boolean {
  return text !== undefined && /\.(?:js|css)["'?]/.test(text);
}

function nameOf(output: string): string {
  return output.slice(output.lastIndexOf('/') + 1);
}
