import { expect, test } from 'vitest';
import { faultsOf } from './faults.ts';

const css = 'assets/css/app.css';
const script = 'assets/js/app.js';
const project = {
  [css]: 'body { color: navy }\n',
  [script]: 'import "../css/app.css"\nimport "./sail"\n',
  'assets/js/sail.js': '',
};
const without = { [script]: 'import "./sail"\n' };
const lost = (...given: Parameters<typeof faultsOf>) =>
  faultsOf(...given).map(({ path, message }) => `${path}: ${message}`);

test('a style sheet that only a script brought to the bundler', () => {
  expect(lost(project, without)).toEqual([`${script}: nothing builds ${css} any more`]);
});

test('not where a tool reads it, another file imports it, or it goes too', () => {
  const tool = { 'config/config.exs': 'import Config\nconfig :tailwind, quay: [args: ~w(--input=css/app.css)]\n' };
  expect(lost({ ...project, ...tool }, without)).toEqual([]);
  expect(lost(project, { ...without, ...tool })).toEqual([]);
  expect(lost({ ...project, 'package.json': '{"scripts": {"css": "postcss css/app.css"}}' }, without)).toEqual([]);
  expect(lost(project, { ...without, 'assets/js/sail.js': 'import "../css/app.css"\n' })).toEqual([]);
  expect(lost(project, { ...without, [css]: null })).toEqual([]);
});
