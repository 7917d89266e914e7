import { AskedPackages } from './asked-packages.ts';
import { leavingForms } from './forms.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** Ways of writing that stand in the project while its deps come to versions of which none reads them any more. */
export function leftForms({ before, after, changed, packages }: Transition): Inconsistency[] {
  if (packages === null || !changed.some((path) => /(?:^|\/)mix\.exs$/.test(path))) return [];
  const [then, now] = [AskedPackages.of(before, packages), AskedPackages.of(after, packages)];
  return leavingForms.flatMap((form) => {
    if (form.until === undefined || then.haveLeft(form) || !now.haveLeft(form)) return [];
    const message = `${form.shown} is not there with ${form.dep} ${form.until.version}`;
    return after.mentioning([form.until.word]).flatMap((path) =>
      after
        .file(path)
        .references.filter((one) => one.kind === 'form' && one.form === form)
        .map(({ line }): Inconsistency => ({ path, line, subject: form.until?.word ?? form.shown, message })),
    );
  });
}
