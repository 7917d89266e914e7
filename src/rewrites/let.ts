import { elementsOf } from '../templates/walk.ts';
import { type Place, type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { templatesOf } from './sites.ts';

/** `let={f}` of components and slots becomes `:let={f}`: LiveView has read both since 0.18, and only the latter since 0.19. */
export function rewriteLet(file: RewriteFile): RewriteResult {
  const places = templatesOf(file).flatMap(({ template, offset }) =>
    elementsOf(template).flatMap(({ open }) =>
      open.attributes
        .filter(({ name }) => name === 'let')
        .map(({ range: { start }, value }): Place => {
          const at = offset + start;
          const isComponent = template.dialect.heex && /^(?:[.:]|[A-Z])/.test(open.name);
          if (!isComponent || value?.kind !== 'braces') return { at, reason: 'only components of HEEx take let={…}' };
          return { at, changes: [replacing({ start, end: start }, offset, ':')] };
        }),
    ),
  );
  return { places, besides: [] };
}
