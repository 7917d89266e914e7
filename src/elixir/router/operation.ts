/**
 * Edits of a router's pipelines. `plug` names one as `readRouter` does (`:accepts`, `Plug.Head#2`), `value` is
 * `{:accepts, ["html"]}`, `order` lists the target's plugs of the pipeline.
 */
export type RouterOperation =
  | {
      readonly kind: 'add-pipeline-plug';
      readonly path: string;
      readonly pipeline: string;
      readonly plug: string;
      readonly value: string;
      readonly order: readonly string[];
    }
  | {
      readonly kind: 'replace-pipeline-plug';
      readonly path: string;
      readonly pipeline: string;
      readonly plug: string;
      readonly value: string;
    }
  | { readonly kind: 'remove-pipeline-plug'; readonly path: string; readonly pipeline: string; readonly plug: string }
  | {
      readonly kind: 'move-pipeline-plugs';
      readonly path: string;
      readonly pipeline: string;
      readonly order: readonly string[];
    };
