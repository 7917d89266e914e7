import { Atom, nil, type Quoted } from '../../quoted/term.ts';
import { compileTemplate } from '../eex/compile.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { Scope } from '../scope.ts';
import { topLevel } from '../user-module.ts';
import { keywordValue } from '../values/map.ts';
import { Bytes, binaryOf, isList, type Value } from '../values/value.ts';
import { listArg, pairArg, textArg } from './arguments.ts';

function compiled(text: string, path: string, { budget }: Evaluator): Quoted {
  budget.made(text.length);
  budget.step(text.length >> 6);
  return compileTemplate(text, path);
}

/** A template's text; a file that is none stands for itself. */
function compiledFile(path: string, machine: Evaluator): Quoted {
  const bytes = machine.files.read(path);
  if (bytes === undefined) throw new Refusal('file', path);
  const content = binaryOf(bytes);
  return content instanceof Bytes ? (content as unknown as Quoted) : compiled(content, path, machine);
}

/** Evaluates a template with variables by their names. */
function evaluated(template: Quoted, bindings: Value, file: string, machine: Evaluator): Value {
  const scope = new Scope(topLevel(file));
  for (const item of listArg(bindings)) {
    const [name, value] = pairArg(item);
    if (name instanceof Atom) scope.set(name.name, value);
  }
  return machine.evaluate(template, scope);
}

function fileOf(options: Value | undefined): string {
  const file = isList(options ?? nil) ? keywordValue(options as Value, 'file') : undefined;
  return typeof file === 'string' ? file : 'template';
}

export const eexModule: HostModule = {
  name: 'EEx',
  functions: {
    'compile_file/1': ([path], machine) => compiledFile(textArg(path), machine) as Value,
    'compile_file/2': ([path], machine) => compiledFile(textArg(path), machine) as Value,
    'compile_string/1': ([text], machine) => compiled(textArg(text), 'template', machine) as Value,
    'eval_file/2': ([path, bindings], machine) =>
      evaluated(compiledFile(textArg(path), machine), bindings as Value, textArg(path), machine),
    'eval_string/2': ([text, bindings], machine) =>
      evaluated(compiled(textArg(text), 'template', machine), bindings as Value, 'template', machine),
    'eval_string/3': ([text, bindings, options], machine) => {
      const file = fileOf(options);
      return evaluated(compiled(textArg(text), file, machine), bindings as Value, file, machine);
    },
  },
};
