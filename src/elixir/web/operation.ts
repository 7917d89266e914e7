/**
 * Edits of the dispatch module. `name` names a quoted line as `readWeb` does (`use Phoenix.Controller`), `line`
 * is its text, `order` lists the target's lines of the section or the target's functions.
 */
export type WebOperation =
  | {
      readonly kind: 'add-web-line';
      readonly path: string;
      readonly section: string;
      readonly name: string;
      readonly line: string;
      readonly order: readonly string[];
    }
  | {
      readonly kind: 'replace-web-line';
      readonly path: string;
      readonly section: string;
      readonly name: string;
      readonly line: string;
    }
  | { readonly kind: 'remove-web-line'; readonly path: string; readonly section: string; readonly name: string }
  | {
      readonly kind: 'add-web-section';
      readonly path: string;
      readonly section: string;
      readonly private: boolean;
      readonly lines: readonly string[];
      readonly order: readonly string[];
    }
  | {
      /** A public function without arguments, `static_paths`; a list that it gives already gets the elements it lacks. */
      readonly kind: 'add-web-function';
      readonly path: string;
      readonly function: string;
      readonly value: string;
      readonly order: readonly string[];
    };
