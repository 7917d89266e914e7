/**
 * Edits of the children of an Application module. `child` names one as `readSupervision` does (`Finch#2`),
 * `order` lists the target's children in the order they start, `spec` is the text of a child spec.
 */
export type SupervisionOperation =
  | {
      readonly kind: 'add-child';
      readonly path: string;
      readonly child: string;
      readonly spec: string;
      readonly order: readonly string[];
    }
  | { readonly kind: 'remove-child'; readonly path: string; readonly child: string }
  | { readonly kind: 'replace-child'; readonly path: string; readonly child: string; readonly spec: string }
  | { readonly kind: 'move-children'; readonly path: string; readonly order: readonly string[] }
  | {
      /** Turns `worker` and `supervisor` of Supervisor.Spec into child specs. */
      readonly kind: 'modernise-children';
      readonly path: string;
      /** Modules whose own `child_spec/1` does: they become bare module names. */
      readonly plain: readonly string[];
    };
