/** Names what options belong to: an entry, an attribute, or the session, wherever the file has it. */
export type OptionOwner =
  | { readonly kind: 'entry'; readonly entry: string; readonly condition: string | null }
  | { readonly kind: 'attribute'; readonly attribute: string }
  | { readonly kind: 'session' };

/**
 * Edits of an endpoint. `entry` is a plug or socket as `entryKey` names it, `plug/Plug.Static` or `socket//live`;
 * `condition` what must hold for it (`code_reloading?`, null for always); `order` the target's entries under
 * that condition.
 */
export type EndpointOperation =
  | {
      readonly kind: 'add-endpoint-entry';
      readonly path: string;
      readonly entry: string;
      /** The whole call, `plug Plug.Head` or `plug(Plug.Head)`. */
      readonly call: string;
      readonly condition: string | null;
      readonly order: readonly string[];
    }
  | {
      readonly kind: 'remove-endpoint-entry';
      readonly path: string;
      readonly entry: string;
      readonly condition: string | null;
    }
  | {
      readonly kind: 'move-endpoint-entries';
      readonly path: string;
      readonly condition: string | null;
      readonly order: readonly string[];
    }
  | {
      readonly kind: 'set-endpoint-option';
      readonly path: string;
      readonly owner: OptionOwner;
      /** Key path, `['websocket', 'connect_info', 'session']`. */
      readonly option: readonly string[];
      readonly value: string;
    }
  | {
      readonly kind: 'remove-endpoint-option';
      readonly path: string;
      readonly owner: OptionOwner;
      readonly option: readonly string[];
    }
  | {
      /** Turns the options of `Plug.Session` into `@session_options`, for sockets to share. */
      readonly kind: 'introduce-session-options';
      readonly path: string;
    };
