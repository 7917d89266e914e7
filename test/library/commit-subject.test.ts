import { expect, test } from 'vitest';
import { commitSubject } from '../../src/library/commit-subject.ts';

test.each([
  ['deps', 'Raise ecto_sql', 'build(deps): raise ecto_sql'],
  ['web', 'LiveView layouts by atom', 'refactor(web): LiveView layouts by atom'],
  ['deps', 'Phoenix on its newest patch', 'build(deps): Phoenix on its newest patch'],
  ['tests', 'Phoenix.Component in tests', 'test(tests): Phoenix.Component in tests'],
  ['releases', 'HTTPS in production', 'build(releases): HTTPS in production'],
] as const)('the commit of a step of %s, %s', (area, title, subject) => {
  expect(commitSubject({ area, title }, 'conventional')).toBe(subject);
  expect(commitSubject({ area, title }, 'plain')).toBe(title);
});
