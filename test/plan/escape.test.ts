import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  commandMessage,
  commandProperty,
  jsonText,
  manyLines,
  markdownText,
  markupText,
  oneLine,
} from '../../src/plan/escape.ts';
import { dangerous, hostile } from '../support/plans.ts';

const raw = fc.string({ unit: 'binary', maxLength: 40 });

describe('text of a project', () => {
  test('keeps no control, bidi or invisible character, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(raw, fc.constantFrom(...Object.values(hostile))), (text) => {
        for (const safe of [oneLine, manyLines, markdownText, commandMessage, commandProperty]) {
          expect(safe(text)).not.toMatch(dangerous);
        }
        expect(oneLine(text)).not.toMatch(/[\n\t]/);
      }),
    );
  });

  test('stays as it is when it is plain, in any script', () => {
    const plain = 'Grüße, 東京, עברית, 👩‍🚀 and {:ok, "x"}';
    expect(oneLine(plain)).toBe(plain);
    expect(manyLines(`${plain}\n`)).toBe(`${plain}\n`);
  });

  test('shows each character so that a person can tell which it was', () => {
    expect(oneLine('\x1b[2J\r\n\t\u009b\u202e')).toBe('\\x1b[2J\\r\\n\\t\\x9b\\u{202e}');
    expect(oneLine('\ud800')).toBe('\\u{d800}');
  });
});

describe('JSON', () => {
  test('reads back as the same value and is safe to print', () => {
    fc.assert(
      fc.property(raw, (text) => {
        const printed = jsonText({ text });
        expect(JSON.parse(printed)).toEqual({ text });
        expect(printed).not.toMatch(dangerous);
      }),
    );
  });
});

describe('markup', () => {
  test('has no tag, attribute or entity of the project', () => {
    expect(markupText(`<b a="1" c='2'>&amp;`)).toBe('&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;');
  });

  test('Markdown shows the characters themselves', () => {
    expect(markdownText('a|b `c` [d](e) <f> @g')).toBe('a\\|b \\`c\\` \\[d\\]\\(e\\) &lt;f&gt; \\@g');
  });
});

describe('workflow commands', () => {
  test('cannot be forged from a message or a property', () => {
    expect(commandMessage('50%\n::error::x')).toBe('50%25%0A::error::x');
    expect(commandProperty('a:b,c%\n')).toBe('a%3Ab%2Cc%25\\n');
  });
});
