import { describe, expect, test } from 'vitest';
import { replaceLine } from '../../src/docker/edit-line.ts';

describe('a line becomes others', () => {
  test.each([
    ['one other', 'a\n  b: 2\nc\n', ['  b: 30'], 'a\n  b: 30\nc\n'],
    ['itself and more', 'a\n  b: 2\nc\n', ['  b: 2', '  d'], 'a\n  b: 2\n  d\nc\n'],
    ['others in front', 'a\r\n  b: 2\r\n', ['  d', '  b: 2'], 'a\r\n  d\r\n  b: 2\r\n'],
  ])('%s', (_name, text, becomes, wanted) => {
    const once = replaceLine(text, '  b: 2', becomes);
    expect(once).toEqual({ ok: true, text: wanted });
    expect(replaceLine(wanted, '  b: 2', becomes)).toEqual(once);
  });

  test.each([
    ['no line reads so', 'b: 2\n'],
    ['more than one does', '  b: 2\n  b: 2\n'],
  ])('not where %s', (_name, text) => {
    expect(replaceLine(text, '  b: 2', ['  b: 30']).ok).toBe(false);
  });
});
