/** `Phoenix.Flash.get/2`, `Plug.Conn.put_status`, `get_flash/2`. */
const nameInText = /\b(?:(?:[A-Z]\w*\.)+[a-z_]\w*[!?]?(?:\/\d+)?|[a-z_]\w*[!?]?\/\d+)/g;

/**
 * The function that the reason of a deprecation names, such as `Phoenix.Flash.get/2`; empty where it names none. Only that name is
 * kept: what else is said is its author's.
 */
export function replacementIn(reason: string, own: string): string {
  const named = [...reason.matchAll(nameInText)].map(([name]) => name);
  return (
    named.find(
      (name) =>
        name
          .replace(/\/\d+$/, '')
          .split('.')
          .at(-1) !== own || name.includes('.'),
    ) ?? ''
  );
}
