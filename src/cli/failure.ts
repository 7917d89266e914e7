import { UpgradeError } from '../errors/error.ts';
import { jsonText, manyLines } from '../plan/escape.ts';
import type { Context } from './context.ts';
import { layoutOf } from './layout.ts';

/**
 * Says what went wrong, on stderr or as a document on stdout. Gives the exit code. What no entry of the catalogue
 * explains is a bug here, and is shown whole.
 */
export async function explain(error: unknown, argv: readonly string[], context: Context): Promise<number> {
  const failure = error instanceof UpgradeError ? error : bugOf(error);
  if (asksForJson(argv)) {
    const { errorDocument } = await import('../report/document/error.ts');
    context.stdout.write(jsonText(errorDocument(failure)));
  } else {
    const { errorText } = await import('../report/text/outcome.ts');
    const color = !argv.includes('--no-color');
    context.stderr.write(
      errorText(failure, layoutOf({ color }, context, context.stderr.isTerminal, context.stderr.columns)),
    );
  }
  const isBug = failure.code === 'bug' || argv.includes('--verbose');
  if (isBug && error instanceof Error) context.stderr.write(`${manyLines(stackOf(error))}\n`);
  return failure.exit;
}

function bugOf(error: unknown): UpgradeError {
  return new UpgradeError('bug', { reason: error instanceof Error ? error.message : String(error) }, error);
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

/** Read from the bare words: they may be what could not be parsed. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  return words.some((word, at) => {
    return word === '--json' || word === '--format=json' || (word === '--format' && words[at + 1] === 'json');
  });
}
