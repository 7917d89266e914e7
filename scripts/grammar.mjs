/**
 * Copies the Elixir grammar out of its package into `grammar/`, from where it is loaded and published: whoever installs
 * phx-upgrade needs neither the package's native binding nor a compiler for it.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packaged = dirname(createRequire(import.meta.url).resolve('tree-sitter-elixir/package.json'));
const target = join(import.meta.dirname, '..', 'grammar');
mkdirSync(target, { recursive: true });
for (const name of ['tree-sitter-elixir.wasm', 'LICENSE']) copyFileSync(join(packaged, name), join(target, name));
