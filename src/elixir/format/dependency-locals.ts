/**
 * Calls that packages ask to be left without parentheses in the files of those who depend on them: a name with its
 * arities, as each package's `.formatter.exs` exports them.
 */
const exported: Readonly<Record<string, string>> = {
  phoenix:
    'intercept/1 connect/3|4 delete/3|4 forward/2|3|4 get/3|4 head/3|4 match/4|5 options/3|4 patch/3|4 pipeline/2 ' +
    'pipe_through/1 post/3|4 put/3|4 resources/2|3|4 trace/4 action_fallback/1 plug/1|2 socket/2|3 channel/2|3 ' +
    'assert_broadcast/2|3 assert_push/2|3 assert_reply/2|3|4 refute_broadcast/2|3 refute_push/2|3 ' +
    'refute_reply/2|3|4 assert_error_sent/2 attr/2|3 embed_templates/1|2 live/2|3|4 live_dashboard/1|2 on_mount/1 ' +
    'slot/1|2|3 assert_patch/1|2|3 assert_patched/2 assert_push_event/3|4 assert_redirect/1|2|3 ' +
    'assert_redirected/2 refute_redirected/1|2 refute_patched/1|2 refute_push_event/3|4',
  ecto:
    'from/2 field/1|2|3 timestamps/1 belongs_to/2|3 has_one/2|3 has_many/2|3 many_to_many/2|3 embeds_one/2|3|4 ' +
    'embeds_many/2|3|4',
  ecto_sql:
    'add/2|3 add_if_not_exists/2|3 alter/2 create/1|2 create_if_not_exists/1|2 drop/1|2 drop_if_exists/1|2 ' +
    'execute/1|2 modify/2|3 remove/1|2|3 remove_if_exists/1|2 rename/2|3 timestamps/1',
  plug: 'plug/1|2 forward/2|3|4 match/2|3 get/2|3 head/2|3 post/2|3 put/2|3 patch/2|3 delete/2|3 options/2|3',
  phoenix_live_dashboard: 'embed_templates/1|2',
  phoenix_template: 'embed_templates/1|2',
  absinthe:
    'mutation/2 query/2 subscription/2 arg/2|3 complexity/1 config/1 deprecate/1 description/1 directive/1|2|3 ' +
    'enum/2|3 expand/1 extend/1|2 field/2|3|4 import_directives/1|2 import_fields/1|2 import_types/1|2 ' +
    'import_type_extensions/1|2 import_sdl/1|2 input_object/3 interface/1|3 interfaces/1 is_type_of/1 meta/1|2 ' +
    'middleware/1|2 object/3 on/1 parse/1 repeatable/1 resolve/1 resolve_type/1 scalar/2|3 serialize/1 trigger/2 ' +
    'types/1 union/3 value/1|2 values/1',
  oban: 'assert_enqueued/1|2 refute_enqueued/1|2',
  phoenix_live_view: '',
};

/** By package, `name/arity` each. */
export const dependencyLocals: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(exported).map(([name, calls]) => [name, calls.split(' ').filter(Boolean).flatMap(each)]),
);

/** `get/3|4` is `get/3` and `get/4`. */
function each(call: string): string[] {
  const [name = '', arities = ''] = call.split('/');
  return arities.split('|').map((arity) => `${name}/${arity}`);
}
