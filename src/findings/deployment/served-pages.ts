import type { Operation } from '../../merge/operation.ts';
import { linesAsking } from '../../templates/served-path.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';

/** Pages that ask for what a bundler of npm wrote, and the edits for those whose new place is known. */
interface ServedPages {
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
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
  if (target.scripts === null) return { findings: [], operations: [] };
  const to = `${target.scripts}/app.js`;
  const places = (asked: string, message: string) =>
    texts.flatMap(({ path, text }) => linesAsking(text, asked).map((line) => ({ path, line, message })));
  const scripts = places(script, `${bundler} wrote ${script}: esbuild writes ${to}`);
  const styles = places(
    style,
    `${bundler} wrote ${style}: Tailwind writes /assets/css/app.css, and esbuild ${target.scripts}/app.css of what app.js imports; link what is there then`,
  );
  const paths = [...new Set(scripts.map(({ path }) => path))];
  return {
    findings: [...scripts, ...styles],
    operations: paths.map((path) => ({ kind: 'served-path', path, from: script, to })),
  };
}
