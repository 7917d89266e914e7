import { expect, test } from 'vitest';
import { writer } from '../../src/findings/packages/suspects.ts';

const isWritten = writer('Shelf.Paper.Form');

test.each([
  'Shelf.Paper.Form.open(x)',
  'alias Shelf.Paper.Form, as: F',
  'alias Shelf.{Cloth, Paper.Form}',
  'alias Shelf.Paper\nPaper.Form.open(x)',
  'alias Shelf, as: S\nS.Paper.Form.open(x)',
  'alias Shelf.\n  Paper',
])('a module may be named in %j', (text) => expect(isWritten(text)).toBe(true));

test.each(['Form.open(x)', 'Shelf.Papers.Form', 'MyShelf.Paper', 'alias Cloth.{Paper, Form}'])(
  'a module cannot be named in %j',
  (text) => expect(isWritten(text)).toBe(false),
);
