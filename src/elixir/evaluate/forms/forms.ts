import type { Forms } from '../evaluator.ts';
import { branchForms, branchSpecials } from './branch.ts';
import { comprehensionForms } from './comprehension.ts';
import { dataForms, dataSpecials } from './data.ts';
import { defineForms } from './define.ts';
import { directiveForms, directiveSpecials } from './directives.ts';
import { functionForms } from './functions.ts';
import { placeForms } from './place.ts';
import { quoteForms } from './quote.ts';
import { templateForms } from './template.ts';
import { raiseForms, trySpecials } from './try.ts';

/** Forms whose names nobody can define anew. */
export const specialForms: Forms = {
  ...dataSpecials,
  ...branchSpecials,
  ...comprehensionForms,
  ...directiveSpecials,
  ...functionForms,
  ...placeForms,
  ...quoteForms,
  ...trySpecials,
};

/** Macros of `Kernel`. */
export const kernelForms: Forms = {
  ...branchForms,
  ...dataForms,
  ...defineForms,
  ...directiveForms,
  ...raiseForms,
  ...templateForms,
};
