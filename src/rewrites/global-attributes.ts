/** Attributes of HTML that components pass on. Source: the global attributes of Phoenix.Component. */
const globals: ReadonlySet<string> = new Set(
  `accesskey anchor autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id
  inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex
  title translate`.split(/\s+/),
);

/** Whether a component with global attributes, and these besides, passes an attribute on. */
export function passesOn(name: string, besides: ReadonlySet<string>): boolean {
  return /^(?:phx|aria|data)-|^on[a-z]+$/.test(name) || globals.has(name) || besides.has(name);
}
