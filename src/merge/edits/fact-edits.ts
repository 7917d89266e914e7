import type { Operation } from '../operation.ts';
import { configEdits } from './config-edits.ts';
import { dockerEdits, releaseEdits } from './docker-edits.ts';
import type { EditContext, FactEdit } from './edit-context.ts';
import { endpointEdits } from './endpoint-edits.ts';
import { depEdits, mixEdits } from './mix-edits.ts';
import { supervisionEdits } from './supervision-edits.ts';
import { webEdits } from './web-edits.ts';

/** The operations that bring one address to its new value; none where another address's operation includes it. */
export function factEdits(edit: FactEdit, context: EditContext): Operation[] {
  switch (edit.address.area) {
    case 'deps':
      return depEdits(edit, context);
    case 'mix':
      return mixEdits(edit, context);
    case 'config':
      return configEdits(edit, context);
    case 'supervision':
      return supervisionEdits(edit, context);
    case 'endpoint':
      return endpointEdits(edit, context);
    case 'web':
      return webEdits(edit, context);
    case 'docker':
      return dockerEdits(edit, context);
    case 'release':
      return releaseEdits(edit);
    // Files are ruled on and edited as a whole.
    case 'file':
      return [];
    default:
      return edit.address.area satisfies never;
  }
}
