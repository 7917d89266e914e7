import { expect, test } from 'vitest';
import { changedLines, withLines } from '../../../src/merge/text/line-parts.ts';

const base = 'import "./style.css"\nimport sail from "./sail"\n\nsail()\n';
const target = 'import sail from "./sail"\nimport row from "./row"\n\nsail()\nrow()\n';

test('each region of changed lines is told by where it begins', () => {
  expect(changedLines(base, target)).toEqual([
    { key: '0', base: 'import "./style.css"\n', target: null },
    { key: '2', base: null, target: 'import row from "./row"\n' },
    { key: '4', base: null, target: 'row()\n' },
  ]);
  expect(changedLines(base, base)).toEqual([]);
});

test('some regions alone', () => {
  expect(withLines(base, target, new Set(['0']))).toBe('import sail from "./sail"\n\nsail()\n');
  expect(withLines(base, target, new Set(['2', '4']))).toBe(`import "./style.css"\n${target}`);
  expect(withLines(base, target, new Set(['0', '2', '4']))).toBe(target);
  expect(withLines(base, target, new Set())).toBe(base);
});

test('a last line without a break', () => {
  expect(withLines('a\nb', 'a\nc', new Set(['1']))).toBe('a\nc');
});
