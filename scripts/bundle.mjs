/**
 * Makes `dist/` out of `src/`: few files instead of hundreds, since most of what a short run waits for is the opening of
 * modules. Small dependencies that planning always needs are bundled as well, with their licences beside them.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// Names of chunks change with what is in them: old ones would stay for ever.
rmSync(join(root, 'dist'), { recursive: true, force: true });

const { metafile } = await build({
  absWorkingDir: root,
  // Each entry keeps its folder's depth: files of the package are found from `../../`.
  entryPoints: ['src/index.ts', 'src/cli/main.ts'],
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  // What is shorter opens sooner. Names stay, for the traces of errors.
  minifyWhitespace: true,
  minifySyntax: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies),
  // React has a build for its developers, which takes twice as long for a frame, and Ink a connection to their tools.
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [
    {
      name: 'no-devtools',
      setup: ({ onLoad }) => onLoad({ filter: /ink.build.devtools\.js$/ }, () => ({ contents: '' })),
    },
  ],
  metafile: true,
  logLevel: 'warning',
  // What is bundled of CommonJS asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
});

const bundled = new Set(
  Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
);
writeFileSync(join(root, 'dist/third-party-licenses.txt'), [...bundled].sort().map(notice).join('\n'));

/**
 * A package's name and the text of its licence, which asks to go wherever its code goes. `licenses/` has the text for a
 * package that is published without one, out of the repository at that release.
 */
function notice(folder) {
  const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const path = file === undefined ? join(root, 'licenses', `${name}.txt`) : join(root, folder, file);
  if (!existsSync(path)) throw new Error(`${name} has no licence file`);
  return `${name} ${version}\n\n${readFileSync(path, 'utf8').trim()}\n`;
}
