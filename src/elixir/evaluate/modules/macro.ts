import { Atom } from '../../quoted/term.ts';
import type { HostModule } from '../evaluator.ts';
import type { Value } from '../values/value.ts';
import { textArg } from './arguments.ts';

function textOrModule(value: Value | undefined): string {
  return value instanceof Atom ? value.name.replace(/^Elixir\./, '') : textArg(value);
}

/** `my_app/web` is `MyApp.Web`. */
function camelize(text: string): string {
  return text
    .split('/')
    .map((part) => part.replace(/(?:^|_+)([^_])/g, (_, letter: string) => letter.toUpperCase()).replace(/_+$/, ''))
    .join('.');
}

/** `MyApp.HTTPServer` is `my_app/http_server`. */
function underscore(text: string): string {
  return text
    .split('.')
    .map((part) => part.replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').replace(/([a-z\d])([A-Z])/g, '$1_$2'))
    .join('/')
    .replaceAll('-', '_')
    .toLowerCase();
}

export const macroModule: HostModule = {
  name: 'Macro',
  functions: {
    'camelize/1': ([text]) => camelize(textArg(text)),
    'escape/1': ([value]) => value as Value,
    'underscore/1': ([text]) => underscore(textOrModule(text)),
  },
};
