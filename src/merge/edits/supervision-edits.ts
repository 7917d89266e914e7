import type { Address } from '../../facts/address.ts';
import { appOf } from '../../facts/extract/project.ts';
import type { Operation } from '../operation.ts';
import type { EditContext, FactEdit } from './edit-context.ts';

/** Edits of an Application module for one address of area `supervision`; none where the project has no such file. */
export function supervisionEdits(edit: FactEdit, context: EditContext): Operation[] {
  const { member, path: keys } = edit.address;
  const [child = ''] = keys;
  const path = appOf(context.project, member).application;
  if (path === null || child === 'options') return [];
  const order = childOrder(edit.address, context);
  if (child === 'order') return [{ kind: 'move-children', path, order }];
  if (edit.result === null) return [{ kind: 'remove-child', path, child }];
  if (edit.yours) return [{ kind: 'replace-child', path, child, spec: edit.result }];
  return [{ kind: 'add-child', path, child, spec: edit.result, order }];
}

function childOrder(address: Address, { target }: EditContext): string[] {
  const order = target.get(address.beside('order')) ?? '[]';
  return order.slice(1, -1).split(', ').filter(Boolean);
}
