import { linesAsking, type ServedPathOperation } from '../../templates/served-path.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';

/** Pages that ask for what a bundler of npm wrote, and the edits for those whose new place is known. */
interface ServedPages {
  readonly findings: readonly Finding[];
  readonly operations: readonly ServedPathOperation[];
  /** Paths of those that ask for its style sheet. */
  readonly asking: readonly string[];
}

const script = '/js/app.js';
const style = '/css/app.css';

/** Layouts and templates of the bundler's own app that load its script or its style sheet. */
export function servedPages(bundler: string, config: string, { tree, target }: FindingContext): ServedPages {
  const app = config.replace(/(?:assets\/)?[^/]*$/, '');
  const texts = tree.paths
    .filter((path) => path.startsWith(app) && /^(?:lib|web)\/.*\.(?:ex|[hl]?eex)$/.test(path.slice(app.length)))
    .flatMap((path) => {
      const text = tree.read(path) ?? '';
      return text.includes('app.') ? [{ path, text }] : [];
    });
  if (target.scripts === null) return { findings: [], operations: [], asking: [] };
  const to = `${target.scripts}/app.js`;
  const places = (asked: string, message: string) =>
    texts.flatMap(({ path, text }) => linesAsking(text, asked).map((line) => ({ path, line, message })));
  const scripts = places(script, `${bundler} wrote ${script}: esbuild writes ${to}`);
  const sheet = `${target.scripts}/app.css`;
  const tailwind = target.styles === null || target.styles === sheet ? '' : `; Tailwind, later on, ${target.styles}`;
  const styles = places(style, `${bundler} wrote ${style}: esbuild writes ${sheet} of what app.js imports${tailwind}`);
  const pathsOf = (found: readonly Finding[]) => [...new Set(found.map(({ path }) => path))];
  const edits = (found: readonly Finding[], from: string, becomes: string) =>
    pathsOf(found).map((path): ServedPathOperation => ({ kind: 'served-path', path, from, to: becomes }));
  return {
    findings: [...scripts, ...styles],
    operations: [...edits(scripts, script, to), ...edits(styles, style, sheet)],
    asking: pathsOf(styles),
  };
}
