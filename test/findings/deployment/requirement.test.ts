import { describe, expect, test } from 'vitest';
import { compareVersions, meets } from '../../../src/findings/deployment/requirement.ts';

describe('a version as deployments write it', () => {
  test.each([
    ['1.15.7', '~> 1.14', true],
    ['1.15.7', '~> 1.15.8', false],
    ['2.0.0', '~> 1.14', false],
    ['1.15', '>= 1.15.4', true],
    ['1.14', '>= 1.15.4', false],
    ['1.18.2', '>= 1.14.0 and < 1.18.0', false],
    ['1.18.2', '~> 1.14.0 or ~> 1.18.0', true],
    ['1.18.2', '<= 1.18.2', true],
    ['1.18.3', '<= 1.18.2', false],
    ['1.18.3', '> 1.18.2', true],
    ['1.18.2', '!= 1.18.2', false],
    ['1.18.2', '1.18.2', true],
    ['1.18.1', '== 1.18.2', false],
    ['18.13.0', '>=16.14', true],
    ['18.13.0', '^16.14', false],
    ['16.20.0', '^16.14', true],
    ['16.20.0', '~16.14', false],
    ['18.13.0', '16 || ^18.2', true],
    ['20.1.0', '>=16 <20', false],
  ])('%s for %s: %s', (version, requirement, answer) => {
    expect(meets(version, requirement)).toBe(answer);
  });

  test('is compared as numbers, with or without its last parts', () => {
    expect(['27', '26.2.5', '9', '26'].sort(compareVersions)).toEqual(['9', '26', '26.2.5', '27']);
    expect(compareVersions('26', '26.0')).toBe(0);
  });
});
